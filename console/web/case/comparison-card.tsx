import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useRecords } from '../requests/case.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { typeWords } from '../words/record-words.ts';
import { MatchTable } from './match-table.tsx';
import { wordsOf } from './passages.ts';
import { asJson, markedText, StatementPanel, type Opened } from './statement-panel.tsx';
import { against, kindOf, titleOf, type Comparison } from './statements.ts';
import { VersionChanges } from './version-changes.tsx';

type Props = { exception: string; place: number; comparison: Comparison; opened: boolean; onOpen: () => void };

/** A record beside what it is held against, closed until a person opens it: that he did is on record. */
export function ComparisonCard({ exception, place, comparison, opened, onOpen }: Props) {
  const [as, setAs] = useState<'read' | 'json'>('read');
  const statements = [comparison.focus, ...comparison.others];
  const { texts, error } = useRecords(statements.map(({ version }) => version), exception, opened);
  const title = `${place}. ${titleOf(comparison, typeWords)}`;
  // Another comparison may have asked for one of them: it is shown here when it was opened here.
  const shown = statements.flatMap((statement): Opened[] => {
    const text = opened ? texts.get(statement.version) : undefined;
    return text === undefined ? [] : [{ ...statement, text }];
  });
  return (
    <article className="card record" aria-label={title}>
      <Group justify="space-between" mb={6}>
        <div><h3>{title}</h3>{against(comparison) !== '' && <p className="help">{against(comparison)}</p>}</div>
        {shown.length > 0 ? <SegmentedControl size="xs" value={as} onChange={(value) => setAs(value === 'json' ? 'json' : 'read')} data={[{ value: 'read', label: 'As read' }, { value: 'json', label: 'FHIR JSON' }]} aria-label="How it is shown" />
          : !opened && <Button variant="default" onClick={onOpen}>{statements.length === 1 ? 'Open the record' : `Open the ${statements.length} records`}{place <= 9 && <kbd style={{ marginLeft: 6 }}>{place}</kbd>}</Button>}
      </Group>
      {error !== null && <ProblemNote error={error} />}
      {shown.length > 0 && (as === 'json' ? <Sources shown={shown} /> : <Read comparison={comparison} shown={shown} />)}
    </article>
  );
}

function Read({ comparison, shown }: { comparison: Comparison; shown: readonly Opened[] }) {
  const [one, other] = shown;
  const kind = kindOf(comparison);
  if (kind === 'patients' && one !== undefined && other !== undefined) return <MatchTable one={one} other={other} />;
  if (kind === 'versions' && one !== undefined && other !== undefined) return <VersionChanges one={one} other={other} />;
  return (
    <div className="sides">
      {shown.map((opened) => (
        <StatementPanel key={opened.version} opened={opened} title={opened.version === comparison.focus.version ? 'What is said' : 'Held against it'}
          words={wordsOf(shown.filter(({ version }) => version !== opened.version).flatMap(markedText))} />
      ))}
    </div>
  );
}

const Sources = ({ shown }: { shown: readonly Opened[] }) => (
  <div className="sides">{shown.map(({ version, type, id, text }) => <pre key={version} tabIndex={0} aria-label={`FHIR JSON of ${type}/${id}`}>{asJson(text)}</pre>)}</div>
);

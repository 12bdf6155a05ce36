import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '../../api/shapes/exceptions.ts';
import { useRecord } from '../requests/case.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { clinicalLines, marks } from './clinical-lines.ts';

type Props = { exception: string; version: string; title: string; expressions: readonly string[]; opened: boolean; onOpen: () => void };

/** A record, closed until a person opens it: that he did is on record. */
export function Record({ exception, version, title, expressions, opened, onOpen }: Props) {
  const [as, setAs] = useState<'read' | 'json'>('read');
  const { data, error } = useRecord(version, exception, opened);
  return (
    <article className="card record" aria-label={title}>
      <Group justify="space-between" mb={6}>
        <h3>{title}</h3>
        {data !== undefined && <SegmentedControl size="xs" value={as} onChange={(value) => setAs(value === 'json' ? 'json' : 'read')} data={[{ value: 'read', label: 'As read' }, { value: 'json', label: 'FHIR JSON' }]} aria-label="How it is shown" />}
      </Group>
      {error !== null && <ProblemNote error={error} />}
      {!opened && <Button variant="default" onClick={onOpen}>Open the record</Button>}
      {data !== undefined && (as === 'json' ? <pre tabIndex={0} aria-label="FHIR JSON">{pretty(data.text)}</pre> : <Read text={data.text} expressions={expressions} />)}
    </article>
  );
}

function Read({ text, expressions }: { text: string; expressions: readonly string[] }) {
  const lines = clinicalLines(parsed(text));
  if (lines.length === 0) return <p>There is nothing here that a person reads; look at the FHIR JSON.</p>;
  return (
    <dl className="facts read">
      {lines.map(({ path, label, text: said }) => {
        const marked = marks(expressions, path);
        return [<dt key={path} className={marked ? 'marked' : ''}>{label}</dt>,
          <dd key={`${path} text`} className={marked ? 'marked' : ''}>{marked ? <mark>{said}</mark> : said}{marked && <span className="unseen"> (the finding is about this)</span>}</dd>];
      })}
    </dl>
  );
}

function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
function pretty(text: string): string {
  const value = parsed(text);
  // A number that JSON.parse would change stays as it was received.
  return value === undefined || /\d\.\d*0[,\s}\]]/.test(text) ? text : JSON.stringify(value, null, 2);
}

/** The records of a case that hold each other's evidence, side by side. */
export function records(members: readonly Member[]): { version: string; title: string; expressions: string[] }[] {
  const found = new Map<string, { version: string; title: string; expressions: Set<string> }>();
  const add = (version: string, title: string, expression: string): void => {
    const one = found.get(version) ?? { version, title, expressions: new Set<string>() };
    if (one.title === '') one.title = title;
    if (expression !== '') one.expressions.add(expression);
    found.set(version, one);
  };
  for (const member of members) {
    add(member.version, `${member.type}/${member.id}`, member.expression ?? '');
    for (const place of member.evidence) add(place.version ?? member.version, place.version === undefined || place.version === member.version ? `${member.type}/${member.id}` : `${place.expression.split('.')[0] ?? ''} it is held against`, place.expression);
  }
  return [...found.values()].map((one) => ({ ...one, expressions: [...one.expressions] }));
}

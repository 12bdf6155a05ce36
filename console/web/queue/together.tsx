import { Button, Group, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { DecideForm } from '../case/decide-form.tsx';
import { emptyDraft, type Draft } from '../case/draft.ts';
import { ComparisonCard } from '../case/comparison-card.tsx';
import { useDecideTogether, type Preview } from '../requests/bulk.ts';
import { plural } from '../ui/count.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

const because: Readonly<Record<Preview['left'][number]['because'], string>> = {
  identity: 'patient identity is decided one by one', 'priority-1': 'patient safety is decided one by one', ai: 'AI content is decided one by one', closed: 'closed meanwhile',
  'being-decided': 'being decided', 'other-team': 'another team’s', 'other-facility': 'another facility’s', unknown: 'not there',
};

/** What a decision on the chosen cases would touch; some records, chosen at random, are opened first. */
export function Together({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(preview.purposes));
  const reason = useRef<HTMLTextAreaElement>(null);
  const decide = useDecideTogether();
  const left = preview.mustOpen.filter(({ version }) => !opened.has(version)).length;
  if (decide.data !== undefined) {
    return <section className="card" role="status"><p>{plural(decide.data.done, 'case')} decided. {decide.data.refused.length > 0 && `${decide.data.refused.length} refused: somebody was first.`}</p><Button variant="default" onClick={onClose}>Back to the queue</Button></section>;
  }
  return (
    <section className="card" aria-labelledby="together">
      <Group justify="space-between" mb="sm"><Title order={2} id="together">Decide {plural(preview.cases.length, 'case')} together: {plural(preview.records, 'record')}</Title><Button variant="default" onClick={onClose}>Not now</Button></Group>
      {preview.left.length > 0 && <p>Left out: {Object.entries(Object.groupBy(preview.left, (one) => one.because)).map(([why, cases]) => `${cases.length} ${because[why as keyof typeof because]}`).join('; ')}.</p>}
      {decide.error !== null && <ProblemNote error={decide.error} />}
      {preview.cases.length === 0 ? <p>None of these can be decided together.</p> : (
        <div className="deciding">
          <div>
            <p>{left === 0 ? 'You have opened the records that were chosen at random.' : `Open ${plural(left, 'record')} that were chosen at random first; the decision says which.`}</p>
            <div className="records">{preview.mustOpen.map(({ exception, version, type, id }, place) => <ComparisonCard key={version} exception={exception} place={place + 1} comparison={{ focus: { version, type, id, ordinal: 1, expressions: [] }, others: [] }} opened={opened.has(version)} onOpen={() => setOpened((before) => new Set(before).add(version))} />)}</div>
          </div>
          <DecideForm one={{ rule: '', owner: 'documentation', waits: preview.purposes }} draft={draft} onChange={setDraft} busy={decide.isPending} reason={reason} label={`Decide ${plural(preview.cases.length, 'case')}`} onDecide={() => { if (left === 0) decide.mutate({ bulk: preview.bulk, draft }); }} />
        </div>
      )}
    </section>
  );
}

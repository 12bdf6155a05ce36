import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useRef } from 'react';
import type { QueueCounts } from '../../api/shapes/exceptions.ts';
import type { Filter } from '../requests/queue.ts';
import { counted } from '../ui/count.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { allPurposes, ownerWords, priorityWords, purposeWords } from '../words/queue-words.ts';

type Tally = QueueCounts['rules'];
type Props = { filter: Filter; counts: QueueCounts; onSet: (name: string, value: string) => void; onClear: () => void };

const known = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;
const priorities: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(priorityWords).map(([n, { says }]) => [n, `${n} · ${says}`]));

/** Filters live in the address; what is offered is what the open cases have. */
export function QueueFilters({ filter, counts, onSet, onClear }: Props) {
  const first = useRef<HTMLSelectElement>(null);
  useKeys(useMemo(() => ({ '/': () => first.current?.focus(), 'x': onClear }), [onClear]));
  const select = (name: keyof Filter, label: string, tally: Tally, say: (value: string, label: string) => string) => (
    <NativeSelect label={label} value={filter[name] ?? ''} onChange={(event) => onSet(name, event.currentTarget.value)}
      {...(name === 'rule' ? { ref: first } : {})}
      data={[{ value: '', label: 'All' }, ...tally.map((one) => ({ value: one.value, label: `${say(one.value, one.label)} (${counted(one.exceptions)})` })),
        // A filter from an address may name what no open case has.
        ...(filter[name] !== undefined && !tally.some((one) => one.value === filter[name]) ? [{ value: filter[name], label: `${filter[name]} (0)` }] : [])]} />
  );
  const fixed = (name: keyof Filter, label: string, values: readonly (readonly [string, string])[], all = 'All') => (
    <NativeSelect label={label} value={filter[name] ?? ''} onChange={(event) => onSet(name, event.currentTarget.value)}
      data={[{ value: '', label: all }, ...values.map(([value, words]) => ({ value, label: words }))]} />
  );
  return (
    <div className="filters" role="search" aria-label="Filter the queue">
      {select('rule', 'What is wrong', counts.rules, (_value, label) => label)}
      {select('priority', 'Priority', counts.priorities, (value) => known(priorities, value))}
      {select('owner', 'Team', counts.owners, (value) => known(ownerWords, value))}
      <NativeSelect label="Waits for purpose" value={filter.purpose ?? ''} onChange={(event) => onSet('purpose', event.currentTarget.value)}
        data={[{ value: '', label: 'All' }, ...allPurposes.map((purpose) => ({ value: purpose, label: purposeWords[purpose] }))]} />
      {select('source', 'Source', counts.sources, (value) => value)}
      {fixed('assignee', 'Whose', [['me', 'Mine'], ['nobody', 'Nobody’s'], ...counts.assignees.filter(({ value }) => value !== 'nobody').map(({ value, label }) => [value, label] as const)])}
      {fixed('due', 'Due', [['late', 'Late'], ['today', 'Within a day'], ['week', 'Within seven days']])}
      {fixed('age', 'Age in days', [['0-2', '0–2'], ['3-7', '3–7'], ['8-14', '8–14'], ['15-30', '15–30'], ['over-30', 'over 30']])}
      {fixed('turn', 'Whose turn', [['us', 'Ours'], ['second-person', 'A second person’s'], ['governor', 'A governor’s'], ['clinician', 'A clinician’s'], ['source', 'The source’s']])}
      {fixed('order', 'Order', [['due', 'Due date'], ['oldest', 'Oldest first']], 'Most urgent first')}
      {Object.keys(filter).length > 0 && <Button variant="default" onClick={onClear}>Clear filters</Button>}
    </div>
  );
}

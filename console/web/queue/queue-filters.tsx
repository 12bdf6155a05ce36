import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useRef } from 'react';
import type { QueueCounts } from '../../api/shapes/exceptions.ts';
import { groupings, type Filter, type Grouping } from '../requests/queue.ts';
import { counted } from '../ui/count.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { typeWords } from '../words/record-words.ts';
import { allPurposes, ownerWords, priorityWords, purposeWords, turnGroups } from '../words/queue-words.ts';

type Tally = QueueCounts['rules'];
type Props = { filter: Filter; group: Grouping | undefined; counts: QueueCounts; onSet: (name: string, value: string) => void; onClear: () => void };

const known = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;
const priorities: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(priorityWords).map(([n, { says }]) => [n, `${n} · ${says}`]));

const groupWords: Readonly<Record<Grouping, string>> = { rule: 'What is wrong', priority: 'Priority', owner: 'Team', source: 'Source', assignee: 'Whose', turn: 'Whose turn' };

/** Filters live in the address; what is offered is what the open cases have. */
export function QueueFilters({ filter, group, counts, onSet, onClear }: Props) {
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
      {fixed('turn', 'Whose turn', Object.entries(turnGroups))}
      {fixed('type', 'Type of record', counts.types.map((type) => [type, `${typeWords(type)} (${type})`] as const))}
      {counts.models.length > 0 && fixed('model', 'Model', counts.models.map((model) => [model, model] as const))}
      {fixed('order', 'Order', [['due', 'Due date'], ['oldest', 'Oldest first']], 'Most urgent first')}
      <NativeSelect label="Grouped by" value={group ?? ''} onChange={(event) => onSet('group', event.currentTarget.value)} data={[{ value: '', label: 'Not grouped' }, ...groupings.map((name) => ({ value: name, label: groupWords[name] }))]} />
      {Object.keys(filter).length > 0 && <Button variant="default" onClick={onClear}>Clear filters</Button>}
    </div>
  );
}

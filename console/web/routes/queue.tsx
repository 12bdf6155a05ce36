import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { CaseGroups } from '../queue/case-groups.tsx';
import { CaseList } from '../queue/case-list.tsx';
import { SavedViews } from '../queue/saved-views.tsx';
import { Together } from '../queue/together.tsx';
import { QueueFilters } from '../queue/queue-filters.tsx';
import { usePreview } from '../requests/bulk.ts';
import { useMe } from '../requests/me.ts';
import { rememberQueue } from '../requests/case.ts';
import { filterNames, groupings, useQueueCounts, type Filter } from '../requests/queue.ts';
import { counted, plural } from '../ui/count.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export function Queue() {
  const [words, setWords] = useSearchParams();
  const filter: Filter = useMemo(() => Object.fromEntries(filterNames.flatMap((name) => {
    const value = words.get(name);
    return value === null || value === '' ? [] : [[name, value]];
  })), [words]);
  const set = (name: string, value: string): void => setWords((before) => {
    const after = new URLSearchParams(before);
    if (value === '') after.delete(name); else after.set(name, value);
    if (name === 'group') after.delete('in');
    return after;
  });
  useEffect(() => rememberQueue(words.size === 0 ? '' : `?${words}`), [words]);
  const by = groupings.find((name) => name === words.get('group'));
  const { data: counts, error } = useQueueCounts(filter);
  const { data: me } = useMe();
  const decides = me?.person != null && me.roles.some((role) => role !== 'auditor' && role !== 'consumer');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = useCallback((id: string) => setChosen((before) => { const after = new Set(before); if (!after.delete(id)) after.add(id); return after; }), []);
  const preview = usePreview();
  const choosing = decides ? { chosen, onChoose: choose } : {};
  const filtered = Object.keys(filter).length > 0;
  return (
    <Page title="Work queue" aside={counts !== undefined && <span aria-live="polite">{filtered ? `${counted(counts.matching)} of ${plural(counts.open, 'case')}` : plural(counts.open, 'case')}</span>}
      about="Records held for a person, grouped by what caused it, the most urgent first.">
      {counts !== undefined && (counts.open > 0 || filtered) && <QueueFilters filter={filter} group={by} counts={counts} onSet={set} onClear={() => setWords({})} />}
      {error !== null && <ProblemNote error={error} />}
      {decides && (
        <Group justify="space-between" align="flex-start">
          <SavedViews query={words.toString()} onChoose={(query) => setWords(new URLSearchParams(query))} />
          {chosen.size > 0 && <Group gap="xs"><Button loading={preview.isPending} onClick={() => preview.mutate([...chosen])}>Decide {plural(chosen.size, 'case')} together</Button><Button variant="default" onClick={() => setChosen(new Set())}>Choose none</Button></Group>}
        </Group>
      )}
      {preview.error !== null && <ProblemNote error={preview.error} />}
      {preview.data !== undefined && <Together key={preview.data.bulk} preview={preview.data} onClose={() => { preview.reset(); setChosen(new Set()); }} />}
      {by !== undefined && counts !== undefined && counts.matching > 0
        ? <CaseGroups by={by} groups={counts.groups[by]} opened={words.get('in') ?? undefined} onOpen={(value) => set('in', value ?? '')} filter={filter} {...choosing} />
        : <CaseList filter={filter} {...choosing} />}
    </Page>
  );
}

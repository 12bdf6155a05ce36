import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useQueue, type Filter } from '../requests/queue.ts';
import { Empty } from '../ui/empty.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { CaseTable } from './case-table.tsx';

type Props = { filter: Filter; chosen?: ReadonlySet<string> | undefined; onChoose?: (id: string) => void };

/** The cases that fit, a page after the other as they come into sight. */
export function CaseList({ filter, chosen, onChoose }: Props) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useQueue(filter);
  const cases = useMemo(() => data?.pages.flatMap((page) => page.exceptions) ?? [], [data]);
  const more = useCallback(() => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage(); }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && cases.length === 0 && (Object.keys(filter).length > 0
        ? <Empty title="No case fits these filters.">Clear a filter to see the others.</Empty>
        : <Empty title="Nothing waits.">Every record that landed is released, kept out or superseded. New cases appear here when a run holds something.</Empty>)}
      {cases.length > 0 && <CaseTable cases={cases} onEnd={more} {...(onChoose === undefined ? {} : { chosen, onChoose })} />}
      {hasNextPage && <Button variant="default" w="fit-content" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>More cases</Button>}
    </>
  );
}

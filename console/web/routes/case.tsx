import { Button, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { MemberTable } from '../queue/member-table.tsx';
import { Waits } from '../queue/waits.tsx';
import { useCase } from '../requests/queue.ts';
import { Chip } from '../ui/chip.tsx';
import { plural } from '../ui/count.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { closedWords, ownerWords, priorityWords } from '../words/queue-words.ts';
import { dueWords } from '../words/time-words.ts';

export function Case({ id }: { id: string }) {
  const [, go] = useLocation();
  useKeys(useMemo(() => ({ u: () => go('/queue') }), [go]));
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useCase(id);
  const one = data?.pages[0];
  if (one === undefined) return <Page title={`Case ${id}`}>{error !== null && <ProblemNote error={error} />}</Page>;
  const due = dueWords(one.dueAt);
  return (
    <Page title={`Case ${id}`} about={<><Link href="/queue">Work queue</Link> · {one.title}</>}
      aside={<Chip tone={priorityWords[one.priority].tone}>{one.priority} · {priorityWords[one.priority].says}</Chip>}>
      <section className="card" aria-labelledby="noticed">
        <Title order={2} id="noticed">{one.says}</Title>
        <Text size="sm" c="dimmed" mb="sm" maw={720}>{one.why}</Text>
        <dl className="facts">
          {one.state === 'closed' ? <><dt>Closed</dt><dd>{closedWords[one.closedBy ?? ''] ?? 'closed'}{one.closedAt !== null && <>, <Time at={one.closedAt} /></>}</dd></>
            : <><dt>Due</dt><dd><span className={due.tone === 'plain' ? '' : `word-${due.tone}`}>{due.says}</span> (<Time at={one.dueAt} />)</dd>
              <dt>Waits</dt><dd><Waits waits={one.waits} /></dd></>}
          <dt>Holds</dt><dd>{plural(one.records, 'record')}{one.reach === 'patient' && `, and everything else of ${one.records === 1 ? 'its patient' : 'their patients'}`}{one.retraction && '; they were released before and may have to be taken back'}</dd>
          <dt>Team</dt><dd>{ownerWords[one.owner]}</dd>
          <dt>Source</dt><dd>{one.source}</dd>
          <dt>Opened</dt><dd><Time at={one.openedAt} /></dd>
          {one.cause !== '' && <><dt>Cause</dt><dd>{one.cause}</dd></>}
          <dt>Rule</dt><dd>{one.rule}</dd>
        </dl>
      </section>
      <MemberTable members={data?.pages.flatMap((page) => page.members) ?? []} />
      {hasNextPage && <Button variant="default" w="fit-content" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>More records</Button>}
    </Page>
  );
}

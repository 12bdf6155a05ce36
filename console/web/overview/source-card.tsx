import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { Source } from '../../api/shapes/sources.ts';
import { LiveRun } from '../runs/live-run.tsx';
import { Chip } from '../ui/chip.tsx';
import { counted, plural } from '../ui/count.tsx';
import { Time } from '../ui/time.tsx';
import { sourceKinds, stateWords } from '../words/run-words.ts';
import { duration } from '../words/time-words.ts';

type SourceCardProps = { source: Source; asked: boolean; onRun: () => void };

export function SourceCard({ source, asked, onRun }: SourceCardProps) {
  const { name, kind, address, lastRun, lastGoodAt, resources, waiting } = source;
  const going = lastRun?.state === 'running';
  return (
    <section className="card" aria-labelledby={`source-${name}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={2} id={`source-${name}`}>{name}</Title>
          <Text size="sm" c="dimmed">{sourceKinds[kind]}{address !== null && <> · {address}</>}</Text>
        </div>
        <Button onClick={onRun} loading={asked} disabled={going}>{going ? 'Running' : 'Run now'}<span className="unseen"> {name}</span></Button>
      </Group>
      <dl className="facts" style={{ marginTop: 12 }}>
        <dt>Last run</dt>
        <dd>{lastRun === null ? 'never' : (
          <><Link href={`/runs/${lastRun.id}`}>Run {lastRun.id}</Link>{' '}
            <Chip tone={stateWords[lastRun.state].tone}>{stateWords[lastRun.state].says}</Chip>{' '}
            <span>started <Time at={lastRun.startedAt} />{lastRun.finishedAt !== null && <>, took {duration(lastRun.startedAt, lastRun.finishedAt)}</>}</span></>)}</dd>
        {lastRun !== null && lastRun.state !== 'completed' && lastRun.state !== 'running' && (
          <><dt>Last complete run</dt><dd>{lastGoodAt === null ? 'none yet' : <Time at={lastGoodAt} />}</dd></>)}
        <dt>Holds</dt>
        <dd>{counted(resources)} current {resources === 1 ? 'record' : 'records'}
          {waiting > 0 && <>, <Link href={`/queue?source=${encodeURIComponent(name)}`}>{plural(waiting, 'case')} in the work queue</Link></>}</dd>
      </dl>
      {going && <LiveRun id={lastRun.id} />}
    </section>
  );
}

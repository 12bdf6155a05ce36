import { Link } from 'wouter';
import type { Source } from '../../api/shapes/sources.ts';
import { useQueueCounts } from '../requests/queue.ts';
import { counted } from '../ui/count.tsx';
import { priorityWords } from '../words/queue-words.ts';

/** What waits for people, and what is known, in four figures that lead on. */
export function QueueFigures({ sources = [] }: { sources?: readonly Source[] | undefined }) {
  const { data } = useQueueCounts({});
  if (data === undefined) return null;
  const urgent = data.priorities.find((one) => one.value === '1')?.exceptions ?? 0;
  const [commonest] = data.rules.toSorted((a, b) => b.exceptions - a.exceptions);
  return (
    <dl className="figures">
      <div><dt>Waiting for a decision</dt><dd>{counted(data.open)}<small><Link href="/queue">{data.open === 1 ? 'case' : 'cases'} in the work queue</Link></small></dd></div>
      <div><dt>Of these, {priorityWords[1].says.toLowerCase()}</dt><dd className={urgent > 0 ? 'word-bad' : ''}>{counted(urgent)}<small><Link href="/queue?priority=1">priority 1</Link></small></dd></div>
      <div><dt>Most frequent finding</dt><dd>{commonest === undefined ? '–' : counted(commonest.exceptions)}
        <small>{commonest === undefined ? 'nothing waits' : <Link href={`/queue?rule=${encodeURIComponent(commonest.value)}`}>{commonest.label}</Link>}</small></dd></div>
      <div><dt>Records known</dt><dd>{counted(sources.reduce((sum, source) => sum + source.resources, 0))}
        <small>current, from {sources.length === 1 ? 'one source' : `${sources.length} sources`}</small></dd></div>
    </dl>
  );
}

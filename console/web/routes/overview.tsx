import { useEffect, useState } from 'react';
import { Pictures } from '../overview/pictures.tsx';
import { QualityTrend } from '../overview/quality-trend.tsx';
import { QueueFigures } from '../overview/queue-figures.tsx';
import { MachineFigures } from '../overview/machine-figures.tsx';
import { PartList } from '../overview/part-list.tsx';
import { SourceCard } from '../overview/source-card.tsx';
import { useSources, useStartRun } from '../requests/sources.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

/** A run's row appears when a worker takes it up; longer than this it is not waited for. */
const PATIENCE_MS = 30_000;

export function Overview() {
  const [asked, setAsked] = useState<{ source: string; lastRun: string | undefined } | undefined>();
  const { data, error } = useSources(asked !== undefined);
  const start = useStartRun();
  const arrived = asked !== undefined && data?.sources.find((source) => source.name === asked.source)?.lastRun?.id !== asked.lastRun;
  useEffect(() => {
    if (asked === undefined) return;
    const timer = setTimeout(() => setAsked(undefined), arrived ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [asked, arrived]);
  const run = (source: string): void => {
    setAsked({ source, lastRun: data?.sources.find((one) => one.name === source)?.lastRun?.id });
    start.mutate(source, { onError: () => setAsked(undefined) });
  };
  return (
    <Page title="Overview" about="What comes in, what waits for a person, and whether everything works.">
      <QueueFigures sources={data?.sources} />
      <MachineFigures />
      {error !== null && <ProblemNote error={error} />}
      {start.error !== null && <ProblemNote error={start.error} />}
      {data?.sources.length === 0 && (
        <Empty title="No source yet">Name one in assay.config.json, or run <code>npx assay run --source bulk:URL</code>. It appears here by itself.</Empty>
      )}
      {data?.sources.map((source) => (
        <SourceCard key={source.name} source={source} asked={asked?.source === source.name} onRun={() => run(source.name)} />
      ))}
      <Pictures />
      {data !== undefined && <div className="two">{data.sources.map(({ name }) => <QualityTrend key={name} source={name} />)}</div>}
      <PartList />
    </Page>
  );
}

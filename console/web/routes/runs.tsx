import { Button } from '@mantine/core';
import { Link, useSearchParams } from 'wouter';
import { useRuns } from '../requests/runs.ts';
import { Chip } from '../ui/chip.tsx';
import { Figure } from '../ui/count.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { typeWords } from '../words/record-words.ts';
import { stateWords } from '../words/run-words.ts';
import { duration } from '../words/time-words.ts';

export function Runs() {
  const [words] = useSearchParams();
  const source = words.get('source') ?? undefined;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useRuns(source);
  const runs = data?.pages.flatMap((page) => page.runs) ?? [];
  return (
    <Page title="Runs" about={source === undefined ? 'Each pull from a source, newest first.' : <>Runs of {source}. <Link href="/runs">All runs</Link></>}>
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && runs.length === 0 && <Empty title="No run yet">Start one on the <Link href="/">overview</Link>, or with <code>npx assay run</code>.</Empty>}
      {runs.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Runs">
          <table className="rows">
            <thead><tr>
              <th scope="col" className="number">Run</th><th scope="col">Source</th><th scope="col">State</th><th scope="col">Started</th>
              <th scope="col" className="number">Took</th><th scope="col" className="number">Received</th><th scope="col" className="number">Quarantined</th><th scope="col">Missing</th>
            </tr></thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id} className="opens">
                  <th scope="row" className="number"><Link className="opener" href={`/runs/${run.id}`}>{run.id}</Link></th>
                  <td>{run.source}</td>
                  <td><Chip tone={stateWords[run.state].tone}>{stateWords[run.state].says}</Chip></td>
                  <td className="short"><Time at={run.startedAt} /></td>
                  <td className="number">{duration(run.startedAt, run.finishedAt)}</td>
                  <td className="number"><Figure n={run.received} /></td>
                  <td className="number"><Figure n={run.quarantined} /></td>
                  <td>{run.trouble?.says ?? (run.failedTypes.length > 0 ? run.failedTypes.map(typeWords).join(', ') : '–')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && <Button variant="default" w="fit-content" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>Older runs</Button>}
    </Page>
  );
}

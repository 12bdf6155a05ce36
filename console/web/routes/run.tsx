import { Link } from 'wouter';
import { useRun } from '../requests/runs.ts';
import { PhaseSteps } from '../runs/phase-steps.tsx';
import { PurposeOutcomes } from '../runs/purpose-outcomes.tsx';
import { ReceivedTable } from '../runs/received-table.tsx';
import { RunTrouble } from '../runs/run-trouble.tsx';
import { TypeTable } from '../runs/type-table.tsx';
import { Chip } from '../ui/chip.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { stateWords } from '../words/run-words.ts';
import { duration } from '../words/time-words.ts';

export function Run({ id }: { id: string }) {
  const { data: run, error } = useRun(id);
  if (run === undefined) return <Page title={`Run ${id}`}>{error !== null && <ProblemNote error={error} />}</Page>;
  return (
    <Page title={`Run ${id}`} aside={<Chip tone={stateWords[run.state].tone}>{stateWords[run.state].says}</Chip>}
      about={<><Link href={`/runs?source=${encodeURIComponent(run.source)}`}>{run.source}</Link> · started <Time at={run.startedAt} />
        {run.finishedAt === null ? <>, for {duration(run.startedAt, null)} now</> : <>, took {duration(run.startedAt, run.finishedAt)}</>}
        {run.transactionTime !== null && <> · data as of <Time at={run.transactionTime} /></>}</>}>
      {error !== null && <ProblemNote error={error} />}
      {run.state !== 'completed' && run.state !== 'completed-with-errors' && <div className="card"><PhaseSteps run={run} /></div>}
      <RunTrouble run={run} />
      <ReceivedTable run={run} />
      <PurposeOutcomes purposes={run.reconciliation.purposes} landed={run.reconciliation.became.landed} running={run.state === 'running'} />
      <TypeTable types={run.types} />
    </Page>
  );
}

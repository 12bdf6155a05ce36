import type { RunDetail } from '../../api/shapes/runs.ts';
import { phases, phaseWords } from '../words/run-words.ts';
import { counted } from '../ui/count.tsx';

/** Where a run stands: the steps, and the one that is going on in a sentence. */
export function PhaseSteps({ run }: { run: RunDetail }) {
  const now = phases.findIndex((one) => one.phase === run.phase);
  const done = run.phase === 'done';
  return (
    <div>
      <ol className="phases">
        {phases.map(({ phase, short }, place) => (
          <li key={phase} className={done || place < now ? 'past' : place === now ? 'now' : ''} {...(place === now ? { 'aria-current': 'step' as const } : {})}>{short}</li>
        ))}
      </ol>
      {run.state === 'running' && <p style={{ margin: '10px 0 0' }}><span aria-live="polite">{phaseWords(run.phase)}</span>{howFar(run)}</p>}
    </div>
  );
}

function howFar({ phase, files, partitions }: RunDetail): string {
  if (phase === 'land' && files.total > 0) return `: ${counted(files.done + files.failed)} of ${counted(files.total)} files`;
  if (phase === 'assess' && partitions.total > 0) return `: ${counted(partitions.assessed)} of ${counted(partitions.total)} groups`;
  if (phase === 'release' && partitions.total > 0) return `: ${counted(partitions.released)} of ${counted(partitions.total)} groups`;
  return ' …';
}

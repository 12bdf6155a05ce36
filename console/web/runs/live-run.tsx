import type { Reconciliation } from '../../api/shapes/runs.ts';
import { useRun } from '../requests/runs.ts';
import { counted } from '../ui/count.tsx';
import { PhaseSteps } from './phase-steps.tsx';

/** A run that is going on: its step and its counts, asked for each second. */
export function LiveRun({ id }: { id: string }) {
  const { data: run } = useRun(id);
  if (run === undefined) return null;
  return (
    <div style={{ marginTop: 16, display: 'grid', gap: 14 }}>
      <PhaseSteps run={run} />
      <RunFigures reconciliation={run.reconciliation} received={run.received} />
    </div>
  );
}

export function RunFigures({ reconciliation: { became, purposes }, received }: { reconciliation: Reconciliation; received: number }) {
  const [first] = purposes;
  const figures: readonly (readonly [string, number])[] = [
    ['Received', received], ['New or changed', became.landed], ['Unchanged', became.unchanged],
    ['Quarantined', became.quarantined], ...(first === undefined ? [] : [[`Released for ${first.purpose}`, first.released], [`Held for ${first.purpose}`, first.held]] as const),
  ];
  return <dl className="figures plain">{figures.map(([label, n]) => <div key={label}><dt>{label}</dt><dd>{counted(n)}</dd></div>)}</dl>;
}

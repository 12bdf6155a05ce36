import { Text, Title } from '@mantine/core';
import type { RunDetail } from '../../api/shapes/runs.ts';
import { counted, Figure } from '../ui/count.tsx';
import { balanceWords } from './balance-words.ts';

type Rows = readonly (readonly [string, number])[];

/** Both sides of the first equation: what came in, what became of it. */
export function ReceivedTable({ run }: { run: RunDetail }) {
  const { received, became } = run.reconciliation;
  const { says, more, tone } = balanceWords(run);
  return (
    <section className="card" aria-labelledby="accounted">
      <Title order={2} id="accounted" mb="xs">Is everything accounted for?</Title>
      <div className={`note ${tone}`}><p><Text span fw={600}>{says}</Text></p>{more !== undefined && <p>{more}</p>}</div>
      <div className="two" style={{ marginTop: 12 }}>
        <Side title="What came in" rows={[['Exported', received.exported], ['Fetched because referenced', received.hydrated], ['Deletions', received.deletions], ['Skipped', received.skipped]]} />
        <Side title="What became of it" rows={[['New or changed', became.landed], ['Unchanged', became.unchanged], ['Quarantined', became.quarantined],
          ['Deletions applied', became.deletionsApplied], ['Deletions of unknown records', became.deletionsUnknown], ['Skipped', became.skipped]]} />
      </div>
    </section>
  );
}

function Side({ title, rows }: { title: string; rows: Rows }) {
  return (
    <table className="rows">
      <thead><tr><th scope="col">{title}</th><th scope="col" className="number">Items</th></tr></thead>
      <tbody>
        {rows.map(([label, n]) => <tr key={label}><td>{label}</td><td className="number"><Figure n={n} /></td></tr>)}
        <tr className="total"><td>Together</td><td className="number">{counted(rows.reduce((sum, [, n]) => sum + n, 0))}</td></tr>
      </tbody>
    </table>
  );
}

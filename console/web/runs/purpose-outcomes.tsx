import type { Reconciliation } from '../../api/shapes/runs.ts';
import { counted, Figure } from '../ui/count.tsx';
import { purposeWords } from '../words/queue-words.ts';

const parts = [
  ['released', 'Released', 'var(--bar-released)'], ['held', 'Held', 'var(--bar-held)'], ['excluded', 'Kept out', 'var(--bar-out)'],
  ['superseded', 'Superseded', 'var(--bar-superseded)'], ] as const;
const undecided = ['undecided', 'Undecided', 'var(--bar-undecided)'] as const;
/** While the run goes on, what is undecided is only still to come. */
const toCome = ['undecided', 'To come', 'var(--line)'] as const;

/** The second equation: for each purpose, what became of the records that landed. */
export function PurposeOutcomes({ purposes, landed, running }:
{ purposes: Reconciliation['purposes']; landed: number; running: boolean }) {
  if (landed === 0) return null;
  const shown = purposes.some((one) => one.undecided !== 0) ? [...parts, running ? toCome : undecided] : parts;
  return (
    <div className="card flush" tabIndex={0} role="region" aria-label="New or changed records, by purpose">
      <table className="rows">
        <caption>New or changed records, by purpose</caption>
        <thead><tr>
          <th scope="col">Purpose</th>
          {shown.map(([key, label, colour]) => <th key={key} scope="col" className="number"><i className="legend" style={{ background: colour }} />{label}</th>)}
          <th scope="col" className="number">Together</th><th scope="col" style={{ width: '30%' }}>Shares</th>
        </tr></thead>
        <tbody>
          {purposes.map((one) => (
            <tr key={one.purpose}>
              <th scope="row">{purposeWords[one.purpose]}</th>
              {shown.map(([key]) => <td key={key} className="number"><Figure n={one[key]} /></td>)}
              <td className="number">{counted(landed)}</td>
              <td><div className="bar" aria-hidden="true" style={{ marginTop: 5 }}>
                {shown.map(([key, , colour]) => one[key] > 0 && <i key={key} style={{ width: `${one[key] / landed * 100}%`, background: colour }} />)}
              </div></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

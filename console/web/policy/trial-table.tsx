import type { Proposal } from '../requests/policy.ts';
import { counted, plural } from '../ui/count.tsx';
import { outcomeWords } from '../words/policy-words.ts';
import { purposeWords } from '../words/queue-words.ts';
import { typeWords } from '../words/record-words.ts';

type Trial = NonNullable<Proposal['trial']>;

/** What a policy would change of what is stored, by what makes the difference. */
export function TrialTable({ trial: { looked, changed, changes }, titleOf }: { trial: Trial; titleOf: (rule: string) => string }) {
  return (
    <>
      <p><strong>{counted(changed)}</strong> of {plural(looked, 'current record')} would be judged otherwise.</p>
      {changes.length > 0 && (
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="The difference">
          <table className="rows">
            <thead><tr><th scope="col">Because of</th><th scope="col">Type</th><th scope="col">For</th><th scope="col">Now</th><th scope="col">Then</th><th scope="col" className="number">Records</th><th scope="col" className="number">Of these released already</th></tr></thead>
            <tbody>{changes.map((one) => (
              <tr key={`${one.rule} ${one.type} ${one.purpose} ${one.from} ${one.to}`}>
                <th scope="row">{titleOf(one.rule)}</th><td>{typeWords(one.type)}</td><td>{purposeWords[one.purpose]}</td><td>{outcomeWords[one.from]}</td><td>{outcomeWords[one.to]}</td>
                <td className="number">{counted(one.versions)}</td><td className="number">{counted(one.released)}</td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

import { Text } from '@mantine/core';
import { useWork } from '../requests/desk.ts';
import { ProblemNote } from '../ui/problem-note.tsx';

/** One person's work, with nobody beside him. @param person absent: the reader */
export function WorkTable({ person }: { person?: string }) {
  const { data, error } = useWork(person);
  if (data === undefined) return error === null ? null : <ProblemNote error={error} />;
  return (
    <>
      <Text size="sm" c="dimmed">The last {data.days} days. {data.knownAnswers.of === 0 ? 'No case with a known answer was among them yet.' : `Of ${data.knownAnswers.of} cases with a known answer, ${data.knownAnswers.hits} were found.`}</Text>
      {data.work.length === 0 ? <p>Nothing was decided yet.</p> : (
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Work">
          <table className="rows">
            <thead><tr><th scope="col">What was wrong</th><th scope="col" className="number">Decided</th><th scope="col" className="number">Median minutes</th><th scope="col" className="number">Taken back</th><th scope="col" className="number">Second looks that agree</th></tr></thead>
            <tbody>{data.work.map((one) => <tr key={one.rule}><th scope="row">{one.title}</th><td className="number">{one.decided}</td><td className="number">{one.medianMinutes === null ? '–' : one.medianMinutes.toFixed(1)}</td><td className="number">{one.reopened}</td><td className="number">{one.agreed} of {one.secondLooked}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

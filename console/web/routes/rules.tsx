import { Text } from '@mantine/core';
import { Link } from 'wouter';
import { useRules } from '../requests/governing.ts';
import { counted } from '../ui/count.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Share } from '../ui/share.tsx';
import { ownerWords } from '../words/queue-words.ts';

/** Rules with what they hold and how often people found them right. */
export function Rules() {
  const { data, error } = useRules();
  const rows = data?.rules.toSorted((a, b) => b.records - a.records || b.open - a.open || a.title.localeCompare(b.title)) ?? [];
  return (
    <Page title="Rules" about="What each rule holds, whether that grows, and how often people found it right in 90 days.">
      {error !== null && <ProblemNote error={error} />}
      {rows.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Rules">
          <table className="rows">
            <thead><tr><th scope="col">Rule</th><th scope="col">Team</th><th scope="col" className="number">Open cases</th><th scope="col" className="number">Late</th><th scope="col" className="number">Records</th><th scope="col" className="number">Opened this week, the week before</th><th scope="col">Right</th></tr></thead>
            <tbody>{rows.map((one) => (
              <tr key={one.rule}>
                <th scope="row" style={{ whiteSpace: 'normal' }}>{one.open > 0 ? <Link href={`/queue?rule=${encodeURIComponent(one.rule)}`}>{one.title}</Link> : one.title}<Text size="xs" c="dimmed">{one.rule}</Text></th>
                <td>{one.owner === null ? '–' : ownerWords[one.owner]}</td>
                <td className={one.open === 0 ? 'number zero' : 'number'}>{counted(one.open)}</td><td className={one.late === 0 ? 'number zero' : 'number'}>{counted(one.late)}</td>
                <td className={one.records === 0 ? 'number zero' : 'number'}>{counted(one.records)}</td><td className="number">{counted(one.openedLastWeek)}, {counted(one.openedWeekBefore)}</td>
                <td>{one.precision === null ? 'not decided yet' : <Share hits={one.precision.right} of={one.precision.of} low={one.precision.low} high={one.precision.high} />}</td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

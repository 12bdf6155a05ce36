import { usePictures } from '../requests/overview.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { StackedBars, type Bar } from '../ui/stacked-bars.tsx';
import { allPurposes, purposeWords } from '../words/queue-words.ts';
import { shortDay, zone } from '../words/time-words.ts';

const ages = [['0-2', '0–2 days'], ['3-7', '3–7'], ['8-14', '8–14'], ['15-30', '15–30'], ['over-30', 'over 30']] as const;
const dues = [['late', 'Late', 'var(--bar-undecided)'], ['today', 'Due within a day', 'var(--bar-held)'], ['week', 'Within seven days', 'var(--bar-released)'], ['later', 'Later', 'var(--bar-superseded)']] as const;
const colours = ['var(--bar-released)', 'var(--bar-held)', 'var(--bar-quiet)', 'var(--bar-out)', 'var(--bar-fifth)'];

/** How long cases have waited and when they are due; what left, day by day. */
export function Pictures() {
  const { data, error } = usePictures();
  if (data === undefined) return error === null ? null : <ProblemNote error={error} />;
  const waiting = ages.map(([age, label]): Bar => ({ label, parts: Object.fromEntries(data.waiting.filter((cell) => cell.age === age).map(({ due, cases }) => [due, cases])) }));
  const released = data.days.map((day): Bar => ({ label: shortDay(day), short: String(Number(day.slice(8))), parts: Object.fromEntries(data.released.filter((one) => one.day === day).map(({ purpose, entries }) => [purpose, entries])) }));
  return (
    <div className="two">
      <StackedBars title="Waiting, by age" about="Open cases by days since they were opened; the colour says when they are due." of="Age" series={dues.map(([key, label, colour]) => ({ key, label, colour }))} bars={waiting} />
      <StackedBars title={`Released, by day and purpose`} about={`The last ${data.days.length} days, in your time zone (${zone}).`} of="Day" series={allPurposes.map((key, at) => ({ key, label: purposeWords[key], colour: colours[at] ?? '' }))} bars={released} />
    </div>
  );
}

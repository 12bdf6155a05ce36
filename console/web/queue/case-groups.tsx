import type { QueueCounts } from '../../api/shapes/exceptions.ts';
import type { Filter, Grouping } from '../requests/queue.ts';
import { counted, plural } from '../ui/count.tsx';
import { ownerWords, priorityWords, turnGroups } from '../words/queue-words.ts';
import { CaseList } from './case-list.tsx';

type Group = QueueCounts['groups'][Grouping][number];
type Props = { by: Grouping; groups: readonly Group[]; opened: string | undefined; onOpen: (value: string | undefined) => void; filter: Filter; chosen?: ReadonlySet<string> | undefined; onChoose?: (id: string) => void };

/** Cases under what they have in common, one group open at a time; which, is in the address. */
export function CaseGroups({ by, groups, opened, onOpen, filter, chosen, onChoose }: Props) {
  const most = groups.toSorted((a, b) => b.exceptions - a.exceptions || a.label.localeCompare(b.label));
  return (
    <div className="card flush groups">
      {most.map((group) => {
        const open = group.value === opened;
        return (
          <section key={group.value} aria-label={say(by, group)}>
            <h2><button type="button" aria-expanded={open} onClick={() => onOpen(open ? undefined : group.value)}>
              <span>{say(by, group)}</span>
              <small>{plural(group.exceptions, 'case')}{group.late > 0 && <>, <span className="word-bad">{counted(group.late)} late</span></>}</small>
            </button></h2>
            {open && <CaseList filter={{ ...filter, [by]: group.value }} {...(onChoose === undefined ? {} : { chosen, onChoose })} />}
          </section>
        );
      })}
    </div>
  );
}

const priorityOf = (value: string) => Object.entries(priorityWords).find(([n]) => n === value)?.[1].says ?? value;
const known = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

function say(by: Grouping, { value, label }: Group): string {
  if (by === 'priority') return `${value} · ${priorityOf(value)}`;
  if (by === 'owner') return known(ownerWords, value);
  if (by === 'turn') return known(turnGroups, value);
  return by === 'assignee' && value === 'nobody' ? 'Nobody’s' : label;
}

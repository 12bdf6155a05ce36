import { Text } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { Link } from 'wouter';
import type { Exception } from '../../api/shapes/exceptions.ts';
import { Chip } from '../ui/chip.tsx';
import { counted } from '../ui/count.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { ownerWords, priorityWords } from '../words/queue-words.ts';
import { dueWords, fullTime } from '../words/time-words.ts';
import { Waits } from './waits.tsx';

/** Cases as rows; j and k move the focus from one's link to the next. */
export function CaseTable({ cases, onEnd }: { cases: readonly Exception[]; onEnd: () => void }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useKeys(useMemo(() => {
    const move = (step: 1 | -1) => () => {
      const links = [...body.current?.querySelectorAll<HTMLAnchorElement>('a.opener') ?? []];
      const at = links.findIndex((link) => link === document.activeElement);
      const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
      if (step === 1 && at >= links.length - 2) onEnd();
    };
    return { j: move(1), k: move(-1) };
  }, [onEnd]));
  return (
    <div className="card flush">
      <table className="rows">
        <thead><tr>
          <th scope="col">Priority</th><th scope="col">What is wrong</th><th scope="col">Due</th><th scope="col" className="number">Records</th>
          <th scope="col">Waits for it</th><th scope="col">Team</th>
        </tr></thead>
        <tbody ref={body}>{cases.map((one) => <CaseRow key={one.id} one={one} />)}</tbody>
      </table>
    </div>
  );
}

function CaseRow({ one }: { one: Exception }) {
  const due = dueWords(one.dueAt);
  const priority = priorityWords[one.priority];
  return (
    <tr className="opens">
      <td className="short"><Chip tone={priority.tone}>{one.priority} · {priority.says}</Chip></td>
      <td style={{ width: '58%', minWidth: 240 }}>
        <Link className="opener" href={`/queue/${one.id}`}>{one.says}</Link>
        <Text size="xs" c="dimmed">{about(one)}</Text>
      </td>
      <td className="short" title={fullTime(one.dueAt)}><span className={due.tone === 'plain' ? '' : `word-${due.tone}`}>{due.says}</span></td>
      <td className="number">{counted(one.records)}</td>
      <td><Waits waits={one.waits} /></td>
      <td>{ownerWords[one.owner]}</td>
    </tr>
  );
}

function about({ title, says, source, cause, retraction, reach }: Exception): string {
  const parts = [title === says ? '' : title, source, cause, retraction ? 'released already' : '', reach === 'patient' ? 'holds all of the patient' : ''];
  return parts.filter((part) => part !== '').join(' · ');
}

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { useLocation } from 'wouter';
import type { Exception } from '../../api/shapes/exceptions.ts';
import { Chip } from '../ui/chip.tsx';
import { counted } from '../ui/count.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { causeWords, ownerWords, priorityWords } from '../words/queue-words.ts';
import { dueWords, fullTime } from '../words/time-words.ts';
import { Waits } from './waits.tsx';

type Props = {
  cases: readonly Exception[]; onEnd: () => void;
  /** Cases chosen to be decided together; absent: nobody may decide. */
  chosen?: ReadonlySet<string> | undefined; onChoose?: (id: string) => void;
};

const ROW_PX = 58;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 10;

/** Cases as rows, those in sight alone; j and k move the focus from one's link to the next, s chooses. */
export function CaseTable({ cases, onEnd, chosen, onChoose }: Props) {
  const [, go] = useLocation();
  const table = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const wanted = useRef(false);
  const rows = useWindowVirtualizer({ count: cases.length, estimateSize: () => ROW_PX, overscan: 12, scrollMargin: table.current?.offsetTop ?? 0 });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => { if (last >= cases.length - AHEAD) onEnd(); }, [last, cases.length, onEnd]);
  useEffect(() => {
    if (!wanted.current) return;
    const link = linkAt(table.current, at);
    if (link === null) return;
    wanted.current = false;
    link.focus({ preventScroll: true });
  });
  useKeys(useMemo(() => {
    const move = (step: 1 | -1) => () => {
      const focused = document.activeElement?.getAttribute('data-place');
      const from = focused == null ? (step === 1 ? -1 : cases.length) : Number(focused);
      const next = Math.min(cases.length - 1, Math.max(0, from + step));
      rows.scrollToIndex(next, { align: 'auto' });
      const there = linkAt(table.current, next);
      // A row out of sight is drawn first.
      wanted.current = there === null;
      setAt(next);
      there?.focus({ preventScroll: true });
    };
    const choose = (): void => {
      const focused = document.activeElement?.getAttribute('data-place');
      const one = focused == null ? undefined : cases[Number(focused)];
      if (one !== undefined) onChoose?.(one.id);
    };
    return { j: move(1), k: move(-1), s: choose };
  }, [cases, rows, onChoose]));
  const before = (shown[0]?.start ?? 0) - rows.options.scrollMargin;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? 0) - rows.options.scrollMargin);
  return (
    <div className="card flush" ref={table}>
      <table className="rows cases" aria-rowcount={cases.length}>
        <colgroup>{chosen !== undefined && <col style={{ width: 52 }} />}<col style={{ width: 136 }} /><col /><col style={{ width: 122 }} /><col style={{ width: 80 }} /><col style={{ width: 116 }} /><col style={{ width: 142 }} /></colgroup>
        <thead><tr>
          {chosen !== undefined && <th scope="col"><span className="unseen">Choose</span></th>}
          <th scope="col">Priority</th><th scope="col">What is wrong</th><th scope="col">Due</th><th scope="col" className="number">Records</th>
          <th scope="col">Waits for it</th><th scope="col">Team</th>
        </tr></thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td style={{ height: before, padding: 0 }} /></tr>}
          {shown.map(({ index }) => {
            const one = cases[index];
            return one === undefined ? null : <CaseRow key={one.id} go={go} one={one} place={index} measure={rows.measureElement} chosen={chosen?.has(one.id)} onChoose={onChoose} />;
          })}
          {after > 0 && <tr aria-hidden="true"><td style={{ height: after, padding: 0 }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

const linkAt = (table: HTMLElement | null, place: number): HTMLAnchorElement | null => table?.querySelector<HTMLAnchorElement>(`a.opener[data-place="${place}"]`) ?? null;

/** Another tab, another window or a download is the browser's own business. */
const plainClick = ({ button, ctrlKey, metaKey, altKey, shiftKey }: MouseEvent): boolean => button === 0 && !ctrlKey && !metaKey && !altKey && !shiftKey;

type RowProps = { go: (to: string) => void; one: Exception; place: number; measure: (row: HTMLElement | null) => void; chosen: boolean | undefined; onChoose: ((id: string) => void) | undefined };

/** Drawn once, however often the list moves under it, and of plain elements: many come into sight in one turn of the wheel. */
const CaseRow = memo(function CaseRow({ go, one, place, measure, chosen, onChoose }: RowProps) {
  const due = dueWords(one.dueAt);
  const priority = priorityWords[one.priority];
  return (
    <tr className="opens" ref={measure} data-index={place} aria-rowindex={place + 1}>
      {chosen !== undefined && <td className="choice"><input type="checkbox" checked={chosen} onChange={() => onChoose?.(one.id)} aria-label={`Choose case ${one.id}`} /></td>}
      <td className="short"><Chip tone={priority.tone}>{one.priority} · {priority.says}</Chip></td>
      <td>
        <a className="opener" href={`/queue/${one.id}`} data-place={place} onClick={(event) => { if (plainClick(event)) { event.preventDefault(); go(`/queue/${one.id}`); } }}>{one.says}</a>
        <div className="help">{about(one)}</div>
      </td>
      <td className="short" title={fullTime(one.dueAt)}><span className={due.tone === 'plain' ? '' : `word-${due.tone}`}>{due.says}</span></td>
      <td className="number">{counted(one.records)}</td>
      <td><Waits waits={one.waits} /></td>
      <td>{ownerWords[one.owner]}</td>
    </tr>
  );
});

const turns = { us: '', 'second-person': 'waits for a second person', governor: 'waits for a governor', clinician: 'waits for a clinician', source: 'waits for the source' } as const;

function about({ title, says, source, cause, retraction, reach, turn, assignee, effectAt }: Exception): string {
  const parts = [title === says ? '' : title, source, causeWords(cause), retraction ? 'released already' : '', reach === 'patient' ? 'holds all of the patient' : '',
    turns[turn], assignee === null ? '' : 'taken', effectAt === null ? '' : 'decided, may be undone'];
  return parts.filter((part) => part !== '').join(' · ');
}

import { Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { Act } from '../../api/shapes/acts.ts';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import type { History } from '../requests/case.ts';
import { usePeople } from '../requests/me.ts';
import { MergeMove } from './merge-move.tsx';
import { useKeys } from '../ui/use-keys.ts';

type Props = { one: ExceptionDetail; history: History; me: string; onAct: (asked: Act) => void; onReverse: (decision: string, reason: string) => void };

const textMoves = {
  comment: 'Comment', clinician: 'Ask the clinician for evidence', source: 'Ask the source for evidence', escalate: 'Tell a governor', extend: 'Extend the term, once', reopen: 'Reopen', reverse: 'Reverse the decision',
} as const;
const moveWords = { ...textMoves, merge: 'Merge another case into this one' } as const;
type Move = keyof typeof moveWords;

/** Everything but a decision: whose case it is, what is asked of others, what is taken back. */
export function Moves({ one, history, me, onAct, onReverse }: Props) {
  const [move, setMove] = useState<Move>('comment');
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { data } = usePeople(true);
  const open = one.state === 'open';
  const released = history.decisions.findLast((made) => made.state === 'effective' && made.disposition.startsWith('release'));
  const kept = history.decisions.findLast((made) => made.state === 'effective' && !made.disposition.startsWith('release'));
  const offered = (Object.keys(moveWords) as Move[]).filter((name) => name === 'comment'
    || (name === 'reverse' ? released !== undefined : name === 'reopen' ? !open && kept !== undefined : open));
  useKeys(useMemo(() => ({
    a: () => { if (open) onAct({ act: 'assign', to: one.assignee === me ? null : me }); },
    m: () => { setMove('comment'); field.current?.focus(); },
  }), [open, one.assignee, me, onAct]));
  const send = (): void => {
    const said = text.trim();
    if (said === '' || move === 'merge') return;
    setText('');
    if (move === 'reverse') { if (released !== undefined) onReverse(released.decision, said); return; }
    onAct(move === 'comment' ? { act: 'comment', text: said } : move === 'clinician' || move === 'source' ? { act: 'ask-evidence', of: move, text: said } : { act: move, reason: said });
  };
  return (
    <section className="card" aria-label="The case itself">
      {open && (
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <NativeSelect style={{ flex: 1 }} label="Whose case it is" value={one.assignee ?? ''} onChange={(event) => onAct({ act: 'assign', to: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            data={[{ value: '', label: 'Nobody’s' }, ...(data?.people ?? []).map(({ person, name }) => ({ value: person, label: name }))]} />
          <Button variant="default" onClick={() => onAct({ act: 'assign', to: one.assignee === me ? null : me })}>{one.assignee === me ? 'Give it up' : 'Take it'} <kbd style={{ marginLeft: 6 }}>a</kbd></Button>
        </Group>
      )}
      <NativeSelect mt="sm" label="Other moves" value={move} onChange={(event) => setMove(event.currentTarget.value as Move)} data={offered.map((name) => ({ value: name, label: moveWords[name] }))} />
      {move === 'merge' ? <MergeMove one={one} onMerge={(from) => onAct({ act: 'merge', from })} /> : <><Textarea mt="xs" ref={field} aria-label="What you want to say" autosize minRows={1} maxRows={6} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(); if (event.key === 'Escape') event.currentTarget.blur(); }} />
      <Button mt="xs" variant="default" onClick={send} disabled={text.trim() === ''}>{textMoves[move]}</Button></>}
    </section>
  );
}

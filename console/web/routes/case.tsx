import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Act } from '../../api/shapes/acts.ts';
import { CaseFacts } from '../case/case-facts.tsx';
import { AnswerForm } from '../case/answer-form.tsx';
import { DecideForm } from '../case/decide-form.tsx';
import { chosen } from '../case/draft.ts';
import { Moves } from '../case/moves.tsx';
import { ComparisonCard } from '../case/comparison-card.tsx';
import { comparisons, keyOf, type Comparison } from '../case/statements.ts';
import { Tasks } from '../case/tasks.tsx';
import { Timeline } from '../case/timeline.tsx';
import { UndoBar } from '../case/undo-bar.tsx';
import { useDeciding } from '../case/use-deciding.ts';
import { BreakGlass } from '../desk/break-glass.tsx';
import { MemberTable } from '../queue/member-table.tsx';
import { codeOf } from '../requests/ask.ts';
import { nextCase, rememberedQueue, useHistory } from '../requests/case.ts';
import { signInAddress, useNames } from '../requests/me.ts';
import { useCase } from '../requests/queue.ts';
import { Chip } from '../ui/chip.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { asksWho, choices, choiceWords, doneWords, whoChoices, whoWords } from '../words/case-words.ts';
import { priorityWords } from '../words/queue-words.ts';

/** Records offered to be opened on the page; the table below names them all. */
const SHOWN = 6;

export function Case({ id }: { id: string }) {
  const [, go] = useLocation();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useCase(id);
  const { data: history, error: historyError } = useHistory(id);
  const one = data?.pages[0];
  const rule = one?.rule ?? '';
  const { me, draft, setDraft, give, decide, label, busy, failed } = useDeciding(id, one, history);
  const nameOf = useNames(me?.person != null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const reason = useRef<HTMLTextAreaElement>(null);
  const members = data?.pages.flatMap((page) => page.members) ?? [];
  const shown = comparisons(members).slice(0, SHOWN);
  const move = useCallback((step: 1 | -1) => { void nextCase(id, step).then((next) => go(next === undefined ? `/queue${rememberedQueue()}` : `/queue/${next}`)); }, [id, go]);
  const act = useCallback((asked: Act) => { void give(asked); }, [give]);
  const open = useCallback((comparison: Comparison) => setOpened((before) => new Set(before).add(keyOf(comparison))), []);
  const undo = useCallback(() => act({ act: 'undo' }), [act]);
  useKeys(useMemo(() => ({
    u: () => go(`/queue${rememberedQueue()}`), n: () => move(1), p: () => move(-1),
    ...Object.fromEntries(choices.map((choice) => [choiceWords[choice].key, () => { setDraft(chosen(draft, choice, rule)); reason.current?.focus(); }])),
    ...asksWho(rule) ? Object.fromEntries(whoChoices.map((who) => [whoWords[who].key, () => setDraft({ ...draft, validity: who })])) : {},
    ...Object.fromEntries(shown.map((comparison, place) => [String(place + 1), () => open(comparison)])),
  }), [go, move, setDraft, draft, shown, rule, open]));
  useEffect(() => setOpened(new Set()), [id]);
  if (one === undefined) return <Page title={`Case ${id}`}>{error !== null && <ProblemNote error={error} />}{codeOf(error) === 'ASSAY_FORBIDDEN_FACILITY' && <BreakGlass exception={id} />}</Page>;
  const pending = history?.decisions.find(({ state }) => state === 'pending');
  const decides = me?.person != null && one.state === 'open' && pending === undefined && history?.mine !== true;
  return (
    <Page title={`Case ${id}`} about={<><Link href={`/queue${rememberedQueue()}`}>Work queue</Link> · {one.title} · <Link href={`/packet/${id}`}>Packet for an auditor</Link></>}
      aside={<Chip tone={priorityWords[one.priority].tone}>{one.priority} · {priorityWords[one.priority].says}</Chip>}>
      {[failed, historyError].map((problem, place) => problem !== null && <ProblemNote key={place} error={problem} />)}
      {history?.blind === true && <div className="note" role="status"><p>A colleague has given a first view. You see it once you have given yours.</p></div>}
      {history?.mine === true && <div className="note" role="status"><p>You have given the first view. Another person with the role decides with you.</p></div>}
      <div className="deciding">
        <div>
          <CaseFacts one={one} history={history} nameOf={nameOf} />
          {me?.person != null && (
            <section aria-label="Records to look at">
              <div className="records">{shown.map((comparison, place) => (
                <ComparisonCard key={keyOf(comparison)} exception={id} place={place + 1} comparison={comparison} opened={opened.has(keyOf(comparison))} onOpen={() => open(comparison)} />
              ))}</div>
            </section>
          )}
        </div>
        <div>
          {me?.signIn === true && me.person === null && <div className="note"><p><a href={signInAddress(`/queue/${id}`)}>Sign in</a> to open records and to decide.</p></div>}
          {decides && one.waits.length === 0 && <AnswerForm busy={busy} onAnswer={act} />}
          {decides && one.waits.length > 0 && <DecideForm one={one} draft={draft} onChange={setDraft} busy={busy} label={label} reason={reason} onDecide={() => void decide()} />}
          {me?.person != null && history !== undefined && <Moves one={one} history={history} me={me.person} onAct={act} onReverse={(decision, why) => void give({ act: 'reverse', decision, reason: why }, 'I take back this decision and what it released.')} />}
        </div>
      </div>
      {history !== undefined && <Tasks tasks={history.tasks} onAct={act} />}
      {history !== undefined && <Timeline history={history} nameOf={nameOf} />}
      <MemberTable members={members} onSplit={decides ? (versions) => act({ act: 'split', versions }) : undefined} />
      {hasNextPage && <Button variant="default" w="fit-content" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>More records</Button>}
      {pending !== undefined && history?.canUndoUntil != null && <UndoBar key={pending.decision} until={history.canUndoUntil} says={doneWords[pending.disposition]} onUndo={undo} />}
    </Page>
  );
}

import type { History } from '../requests/case.ts';
import { Time } from '../ui/time.tsx';
import { decisionStateWords, doneWords, eventWord, rootCauseWords, validityWords } from '../words/case-words.ts';

type Event = History['events'][number];
type Decision = History['decisions'][number];

/** What people did with the case, newest first. */
export function Timeline({ history, nameOf }: { history: History; nameOf: (subject: string) => string }) {
  const { events, decisions } = history;
  if (events.length === 0) return null;
  return (
    <section className="card" aria-labelledby="done">
      <h2 id="done">What was done</h2>
      <ol className="timeline">
        {events.toReversed().map((event) => {
          const decision = decisions.find((one) => one.decision === event.decision);
          return (
            <li key={event.n}>
              {who(event, nameOf)} {eventWord(event.kind)}{event.kind === 'assigned' && <> {event.to === null ? 'nobody' : nameOf(event.to)}</>}, <Time at={event.at} />
              {event.hidden && <q>What they wrote is shown once you have given your own view.</q>}
              {event.kind === 'decided' && decision !== undefined && <DecisionLine decision={decision} nameOf={nameOf} />}
              {event.text !== null && <q>{event.text}</q>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const who = (event: Event, nameOf: (subject: string) => string): string =>
  event.hidden ? 'A colleague' : event.by === 'clock' ? 'By itself:' : event.byName ?? nameOf(event.by ?? '');

function DecisionLine({ decision, nameOf }: { decision: Decision; nameOf: (subject: string) => string }) {
  const { signature, second } = decision;
  return (
    <q>
      {doneWords[decision.disposition]} ({decisionStateWords[decision.state]}). {validityWords[decision.validity]}; {rootCauseWords[decision.rootCause].toLowerCase()}. {decision.reason}
      {decision.secondBy !== null && <> With {nameOf(decision.secondBy)}{decision.second === null ? '' : `: ${decision.second.reason.replace(/\.$/, '')}`}.</>}
      {decision.expiresAt !== null && <> Until <Time at={decision.expiresAt} />.</>}
      {[signature, second?.signature ?? null].map((one, at) => one !== null && <span key={at}> Signed: {one.name}{one.credential !== '' && `, ${one.credential}`}, <Time at={one.at} />: “{one.meaning}”.</span>)}
    </q>
  );
}

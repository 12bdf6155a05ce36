import { Text, Title } from '@mantine/core';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import { AssertedBy } from './asserted-by.tsx';
import { Waits } from '../queue/waits.tsx';
import type { History } from '../requests/case.ts';
import { plural } from '../ui/count.tsx';
import { Time } from '../ui/time.tsx';
import { turnWords } from '../words/case-words.ts';
import { causeWords, closedWords, ownerWords } from '../words/queue-words.ts';
import { dueWords } from '../words/time-words.ts';

type Props = { one: ExceptionDetail; history: History | undefined; nameOf: (subject: string) => string };

/** What was noticed, in a few words; the rest behind "More". */
export function CaseFacts({ one, history, nameOf }: Props) {
  const due = dueWords(one.dueAt);
  return (
    <section className="card" aria-labelledby="noticed">
      <Title order={2} id="noticed">{one.says}</Title>
      <Text size="sm" c="dimmed" mb="sm" maw={720}>{one.why}</Text>
      <dl className="facts">
        {one.state === 'closed' ? <><dt>Closed</dt><dd>{closedWords[one.closedBy ?? ''] ?? 'closed'}{one.closedAt !== null && <>, <Time at={one.closedAt} /></>}</dd></>
          : <><dt>Due</dt><dd><span className={due.tone === 'plain' ? '' : `word-${due.tone}`}>{due.says}</span> (<Time at={one.dueAt} />)</dd>
            <dt>Turn</dt><dd>It is {turnWords[one.turn]}{one.assignee !== null && <>; the case is {nameOf(one.assignee)}’s</>}{one.escalated && '; a governor was told'}</dd>
            <dt>If nothing is done</dt><dd>{one.retraction ? 'What was released before stays released for' : 'These records stay out of'}: <Waits waits={one.waits} /></dd></>}
        <dt>Holds</dt><dd>{plural(one.records, 'record')}{one.reach === 'patient' && `, and everything else of ${one.records === 1 ? 'its patient' : 'their patients'}`}{one.retraction && '; they were released before and may have to be taken back'}</dd>
      </dl>
      <details>
        <summary>More</summary>
        <dl className="facts">
          {one.owner === 'ai' && <AssertedBy cause={one.cause} />}
          <dt>Not looked at</dt><dd>{one.notLookedAt.length === 0 ? 'Everything that the rules ask of these records was looked at.' : one.notLookedAt.map((says) => <div key={says}>{says}</div>)}</dd>
          <dt>Team</dt><dd>{ownerWords[one.owner]}</dd>
          <dt>Source</dt><dd>{one.source}</dd>
          <dt>Opened</dt><dd><Time at={one.openedAt} /></dd>
          {one.cause !== '' && <><dt>Cause</dt><dd>{causeWords(one.cause)}</dd></>}
          <dt>Rule</dt><dd>{one.rule}{one.sources.length > 0 && <> ({one.sources.join('; ')})</>}</dd>
          {history?.precision != null && <><dt>How often right</dt><dd>{history.precision.right} of {history.precision.of} in 90 days ({share(history.precision.low)}–{share(history.precision.high)})</dd></>}
          {history !== undefined && <><dt>Working hours</dt><dd>{history.clocks.gross} since it was opened, {history.clocks.net} ours, {history.clocks.clinician} a clinician’s, {history.clocks.source} the source’s</dd>
            <dt>Statutory term</dt><dd><Time at={history.clocks.statutoryDueAt} /></dd></>}
          {(history?.consumers.length ?? 0) > 0 && <><dt>Taken back from</dt><dd>{history?.consumers.map(({ consumer, retractions, read, acknowledged }) => <div key={consumer}>{consumer}: has read {read} and acknowledged {acknowledged} of {plural(retractions, 'retraction')}</div>)}</dd></>}
        </dl>
      </details>
    </section>
  );
}

const share = (part: number): string => `${Math.round(part * 100)}%`;

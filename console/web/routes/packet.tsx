import { Button, Title } from '@mantine/core';
import { Timeline } from '../case/timeline.tsx';
import { useHistory } from '../requests/case.ts';
import { usePacket } from '../requests/governing.ts';
import { useNames } from '../requests/me.ts';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { closedWords, memberWords } from '../words/queue-words.ts';
import { fullTime } from '../words/time-words.ts';

/** A case for an outside auditor, to be printed. */
export function Packet({ id }: { id: string }) {
  const { data, error } = usePacket(id);
  const { data: history } = useHistory(id);
  const nameOf = useNames(true);
  if (data === undefined) return <Page title={`Packet of case ${id}`}>{error !== null && <ProblemNote error={error} />}</Page>;
  const { question } = data;
  return (
    <Page title={`Packet of case ${id}`} about={`Made ${fullTime(data.madeAt)}`} aside={<Button className="no-print" variant="default" onClick={() => window.print()}>Print</Button>}>
      <section className="card">
        <Title order={2}>The question</Title>
        <p>{question.says} {question.why}</p>
        <dl className="facts"><dt>Source</dt><dd>{question.source}</dd><dt>Cause</dt><dd>{question.cause}</dd><dt>Opened</dt><dd>{fullTime(question.openedAt)}</dd>{question.closedAt !== null && <><dt>Closed</dt><dd>{fullTime(question.closedAt)}, {closedWords[question.closedBy ?? ''] ?? question.closedBy}</dd></>}
          <dt>Rule</dt><dd>{question.title} ({data.rule.rule}, version {data.rule.versions.join(', ')})</dd>{data.rule.sources.length > 0 && <><dt>Its sources</dt><dd>{data.rule.sources.join('; ')}</dd></>}</dl>
      </section>
      <div className="card flush"><table className="rows"><caption>Evidence: versions by the hash of what was received</caption>
        <thead><tr><th scope="col">Record</th><th scope="col">Version</th><th scope="col">SHA-256</th><th scope="col">State</th></tr></thead>
        <tbody>{data.evidence.map((one) => <tr key={`${one.version} ${one.state}`}><th scope="row">{one.type}/{one.id}</th><td>{one.ordinal}</td><td style={{ overflowWrap: 'anywhere' }}><code>{one.hash}</code></td><td>{memberWords[one.state] ?? one.state}</td></tr>)}</tbody></table></div>
      <div className="card flush"><table className="rows"><caption>Who opened which record</caption>
        <thead><tr><th scope="col">Person</th><th scope="col">Version</th><th scope="col">When</th><th scope="col">SHA-256 of what was shown</th></tr></thead>
        <tbody>{data.opened.length === 0 && <tr><td colSpan={4} className="zero">Nobody opened a record of it.</td></tr>}{data.opened.map((one, place) => <tr key={place}><th scope="row">{nameOf(one.person)}</th><td>{one.version}</td><td>{fullTime(one.at)}</td><td style={{ overflowWrap: 'anywhere' }}><code>{one.shown}</code></td></tr>)}</tbody></table></div>
      {history !== undefined && <Timeline history={history} nameOf={nameOf} />}
    </Page>
  );
}

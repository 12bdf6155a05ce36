import { DrawSample } from '../governing/draw-sample.tsx';
import { ReviewItems } from '../governing/review-items.tsx';
import { MachineAndEscape } from '../overview/escape-figure.tsx';
import { useQuality } from '../requests/governing.ts';
import { useMe } from '../requests/me.ts';
import { counted } from '../ui/count.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { percent, Share } from '../ui/share.tsx';

/** What the machine settled beside what escaped it, and what is to be looked at again. */
export function Quality() {
  const { data: me } = useMe();
  const { data, error } = useQuality();
  const decides = me?.person != null && !me.roles.every((role) => role === 'auditor' || role === 'consumer');
  return (
    <Page title="Quality" about="What no person looked at, how much of it was wrong, and how people agree.">
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && (
        <dl className="figures">
          <MachineAndEscape data={data} draw="draw a sample" />
          <div><dt>Second looks that agree</dt><dd>{data.agreement === null ? '–' : percent(data.agreement.agreement)}<small>{data.agreement === null ? 'none yet' : `AC1 ${data.agreement.ac1.toFixed(2)}, ${data.agreement.pairs} pairs`}</small></dd></div>
        </dl>
      )}
      {decides && <ReviewItems />}
      {me?.roles.includes('governor') === true && <DrawSample />}
      {data !== undefined && data.samples.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Samples">
          <table className="rows">
            <caption>Samples of what was released with nothing found against it</caption>
            <thead><tr><th scope="col">Days</th><th scope="col">Source</th><th scope="col">Type</th><th scope="col">Author</th><th scope="col" className="number">Records</th><th scope="col" className="number">Drawn</th><th scope="col" className="number">Reviewed</th><th scope="col">Escaped</th></tr></thead>
            <tbody>{data.samples.map((one) => (
              <tr key={`${one.sample} ${one.source} ${one.type} ${one.author}`}>
                <th scope="row" title={`seed ${one.seed}`}>{one.from} – {one.until}</th><td>{one.source}</td><td>{one.type}</td><td>{one.author === 'ai' ? 'AI' : 'no AI declared'}</td>
                <td className="number">{counted(one.records)}</td><td className="number">{counted(one.drawn)}</td><td className="number">{counted(one.reviewed)}</td><td><Share hits={one.escaped} of={one.reviewed} low={one.low} high={one.high} /></td>
              </tr>))}</tbody>
          </table>
          <p className="help" style={{ padding: '0 20px 14px' }}>Escaped, over all: each row counts as much as the records that it stands for; rows of which nothing was reviewed are left out. The interval is put together from the rows’ own, which are Wilson’s 95% (Zou, Huang and Zhang 2009).</p>
        </div>
      )}
    </Page>
  );
}

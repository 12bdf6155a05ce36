import { DrawSample } from '../governing/draw-sample.tsx';
import { ReviewItems } from '../governing/review-items.tsx';
import { MachineAndEscape } from '../overview/escape-figure.tsx';
import { useQuality } from '../requests/governing.ts';
import { useMe } from '../requests/me.ts';
import { counted } from '../ui/count.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { percent, Share } from '../ui/share.tsx';
import { TypeName } from '../ui/type-name.tsx';
import { shortDate } from '../words/time-words.ts';

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
          <div><dt>Second looks that agree</dt><dd>{data.agreement === null ? 'none yet' : percent(data.agreement.agreement)}<small title="Gwet’s AC1: agreement beyond what chance alone would give, 1 at most">{data.agreement === null ? 'two people, blind, on one case' : `of ${data.agreement.pairs}; beyond chance (AC1) ${data.agreement.ac1.toFixed(2)}`}</small></dd></div>
        </dl>
      )}
      {decides && <ReviewItems />}
      {me?.roles.includes('governor') === true && <DrawSample />}
      {data !== undefined && data.samples.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Samples">
          <table className="rows">
            <caption>Samples of what was released with nothing found against it</caption>
            <thead><tr><th scope="col">Source</th><th scope="col">Type</th><th scope="col">Author</th><th scope="col" className="number">Records</th><th scope="col" className="number">Drawn</th><th scope="col" className="number">Reviewed</th><th scope="col">Escaped</th></tr></thead>
            {[...Map.groupBy(data.samples, (one) => one.sample)].map(([sample, strata]) => <tbody key={sample}>
              {strata[0] !== undefined && <tr><th scope="rowgroup" colSpan={7} title={`Drawn with the seed ${strata[0].seed}`}>{shortDate(strata[0].from)} – {shortDate(strata[0].until)}</th></tr>}
              {strata.map((one) => (
              <tr key={`${one.source} ${one.type} ${one.author}`}>
                <td>{one.source}</td><td><TypeName type={one.type} /></td><td className="short">{one.author === 'ai' ? 'AI' : 'no AI declared'}</td>
                <td className="number">{counted(one.records)}</td><td className="number">{counted(one.drawn)}</td><td className="number">{counted(one.reviewed)}</td><td><Share hits={one.escaped} of={one.reviewed} low={one.low} high={one.high} /></td>
              </tr>))}
            </tbody>)}
          </table>
          <p className="help" style={{ padding: '0 20px 14px' }}>Escaped: found wrong by who looked, though nothing had been found against it. What is said over all, above, counts each row as much as the records that it stands for. It is said once every row was looked at and the figure is sure to within five points either way (95%; Wilson’s intervals, put together as Zou, Huang and Zhang 2009 do).</p>
        </div>
      )}
    </Page>
  );
}

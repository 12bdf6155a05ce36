import { Link } from 'wouter';
import { Registry } from '../governing/registry.tsx';
import { useOversight } from '../requests/governing.ts';
import { Chip } from '../ui/chip.tsx';
import { counted } from '../ui/count.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { percent, Share } from '../ui/share.tsx';

const attention = { none: undefined, 'too-high': 'overridden too often', 'too-low': 'hardly ever overridden' } as const;

/** Models as their content names them: what waits because of them, how often people override. */
export function Oversight() {
  const { data, error } = useOversight();
  return (
    <Page title="AI oversight" about="Models whose content was held, and how often people let it go all the same, in 30 days.">
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && data.registry.length > 0 && <Registry entries={data.registry} />}
      {data?.models.length === 0 && <Empty title="No AI content was held.">Content that no label declares is not seen as AI’s: the screens say “no AI declared”, never “no AI”.</Empty>}
      {data !== undefined && data.models.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Models">
          <table className="rows">
            <thead><tr><th scope="col">Model</th><th scope="col" className="number">Open cases</th><th scope="col" className="number">Records</th><th scope="col" className="number">Decided</th><th scope="col">Overridden</th><th scope="col">The 30 days before</th><th scope="col">Attention</th></tr></thead>
            <tbody>{data.models.map((one) => (
              <tr key={one.model}>
                <th scope="row"><Link href={`/queue?model=${encodeURIComponent(one.model)}`}>{one.model}</Link></th>
                <td className="number">{counted(one.open)}</td><td className="number">{counted(one.records)}</td><td className="number">{counted(one.decided)}</td>
                <td><Share hits={one.overridden} of={one.decided} low={one.low} high={one.high} /></td>
                <td>{one.decidedBefore === 0 ? '–' : percent(one.overriddenBefore / one.decidedBefore)}</td>
                <td>{attention[one.attention] === undefined ? '–' : <Chip tone="warn">{attention[one.attention]}</Chip>}</td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

import { counted } from './count.tsx';

export type Series = { readonly key: string; readonly label: string; readonly colour: string };
/** `short`: under the bar, where the label has no room. */
export type Bar = { readonly label: string; readonly short?: string; readonly parts: Readonly<Record<string, number>> };
const compact = new Intl.NumberFormat(undefined, { notation: 'compact' });
type Props = { title: string; about?: string; series: readonly Series[]; bars: readonly Bar[]; of: string };

/** A picture of counts, with the table behind it: who cannot see the bars loses nothing. @param of what a row of the table is */
export function StackedBars({ title, about, series, bars, of }: Props) {
  const total = ({ parts }: Bar): number => series.reduce((sum, { key }) => sum + (parts[key] ?? 0), 0);
  const most = Math.max(1, ...bars.map(total));
  return (
    <figure className="card picture">
      <figcaption><h2>{title}</h2>{about !== undefined && <p className="help">{about}</p>}
        <p className="help">{series.map(({ key, label, colour }) => <span key={key} className="key"><i className="legend" style={{ background: colour }} />{label}</span>)}</p></figcaption>
      <div className="columns" aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar.label}>
            <small>{total(bar) === 0 ? '' : compact.format(total(bar))}</small>
            <div className="column" style={{ height: `${total(bar) / most * 100}%` }}>{series.map(({ key, colour }) => (bar.parts[key] ?? 0) > 0 && <i key={key} style={{ flexGrow: bar.parts[key], background: colour }} />)}</div>
            <small>{bar.short ?? bar.label}</small>
          </div>
        ))}
      </div>
      <details>
        <summary>The table</summary>
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table className="rows">
            <thead><tr><th scope="col">{of}</th>{series.map(({ key, label }) => <th key={key} scope="col" className="number">{label}</th>)}<th scope="col" className="number">Together</th></tr></thead>
            <tbody>{bars.map((bar) => <tr key={bar.label}><th scope="row">{bar.label}</th>{series.map(({ key }) => <td key={key} className="number">{counted(bar.parts[key] ?? 0)}</td>)}<td className="number">{counted(total(bar))}</td></tr>)}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

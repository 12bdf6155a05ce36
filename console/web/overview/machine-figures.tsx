import { Link } from 'wouter';
import { useQuality } from '../requests/governing.ts';
import { counted } from '../ui/count.tsx';
import { percent } from '../ui/share.tsx';

/** The share that the machine settled never stands without the share of it that was wrong. */
export function MachineFigures() {
  const { data } = useQuality();
  if (data === undefined) return null;
  const { settledByMachine: { machine, of, days }, escape } = data;
  return (
    <dl className="figures">
      <div><dt>Settled by machine, {days} days</dt><dd>{of === 0 ? '–' : percent(machine / of)}<small>{counted(machine)} of {counted(of)} records</small></dd></div>
      <div><dt>Of it, escaped</dt><dd>{escape.reviewed === 0 ? 'not sampled yet' : percent(escape.escaped / escape.reviewed)}
        <small>{escape.reviewed === 0 ? <Link href="/quality">draw a sample</Link> : `${percent(escape.low)}–${percent(escape.high)}; ${escape.reviewed} of ${escape.drawn} reviewed`}</small></dd></div>
    </dl>
  );
}

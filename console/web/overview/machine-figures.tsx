import { Link } from 'wouter';
import { useQuality } from '../requests/governing.ts';
import { MachineAndEscape } from './escape-figure.tsx';

/** The share that the machine settled never stands without the share of it that was wrong. */
export function MachineFigures() {
  const { data } = useQuality();
  return data === undefined ? null : <dl className="figures"><MachineAndEscape data={data} draw={<Link href="/quality">draw a sample</Link>} /></dl>;
}

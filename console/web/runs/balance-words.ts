import type { RunDetail } from '../../api/shapes/runs.ts';
import { counted, plural } from '../ui/count.tsx';

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Whether everything that came is accounted for, in a sentence. */
export function balanceWords({ state, reconciliation: { received, became, purposes, balances } }: RunDetail): { says: string; more?: string; tone: 'good' | 'warn' | 'bad' } {
  const [came, went] = [total(received), total(became)];
  if (balances) return { says: came === 0 ? 'The source gave nothing, and nothing is missing.' : `It balances: each of the ${plural(came, 'item')} received is accounted for, once, and decided for each purpose.`, tone: 'good' };
  if (state === 'running') return { says: 'The run is still going; it is balanced when it ends.', tone: 'warn' };
  if (came !== went) {
    return { says: `It does not balance: ${counted(came)} received, ${counted(went)} accounted for.`, tone: 'bad',
      more: 'Do not rely on this run. Run the source again; if the numbers still differ, report it with the run’s number.' };
  }
  const most = Math.max(...purposes.map((one) => one.undecided));
  return { says: `It does not balance: ${plural(most, 'record')} landed and ${most === 1 ? 'is' : 'are'} neither released, held, kept out nor superseded.`, tone: 'bad',
    more: state === 'completed' || state === 'completed-with-errors'
      ? 'Nothing wrong was released. Run the source again; if they stay undecided, report it with the run’s number.'
      : 'The run ended before it decided them. Nothing was released that was not checked; the next run decides them.' };
}

import type { ReactNode } from 'react';
import type { useQuality } from '../requests/governing.ts';
import { counted } from '../ui/count.tsx';
import { percent } from '../ui/share.tsx';

type Quality = NonNullable<ReturnType<typeof useQuality>['data']>;

/**
 * What the machine settled, and beside it how much was wrong of what it let go with nothing found: never the one without the other,
 * and neither before enough was looked at to know it.
 */
export function MachineAndEscape({ data: { settledByMachine: { machine, of, days }, escape }, draw }: { data: Quality; draw: ReactNode }) {
  const reviewed = `${counted(escape.reviewed)} of ${counted(escape.drawn)} reviewed`;
  return (
    <>
      <div><dt>Settled by machine, {days} days</dt><dd>{!escape.known ? 'not known yet' : of === 0 ? '–' : percent(machine / of)}
        <small>{escape.known ? `${counted(machine)} of ${counted(of)} records` : 'said together with how much of it was wrong'}</small></dd></div>
      <div><dt>Escaped, of what left with nothing found</dt><dd>{escape.known && escape.share !== null ? percent(escape.share) : 'not known yet'}
        <small>{escape.drawn === 0 ? draw : escape.known ? `${percent(escape.low)}–${percent(escape.high)}; ${reviewed}, drawn from ${counted(escape.records)}`
          : escape.reviewed < escape.drawn ? reviewed : <>{reviewed}, too few to say: {draw}</>}</small></dd></div>
    </>
  );
}

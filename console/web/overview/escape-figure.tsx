import type { ReactNode } from 'react';
import type { useQuality } from '../requests/governing.ts';
import { counted } from '../ui/count.tsx';
import { percent } from '../ui/share.tsx';

type Quality = NonNullable<ReturnType<typeof useQuality>['data']>;

/** What the machine settled, and beside it how much was wrong of what it let go with nothing found: never the one without the other. */
export function MachineAndEscape({ data: { settledByMachine: { machine, of, days }, escape }, draw }: { data: Quality; draw: ReactNode }) {
  return (
    <>
      <div><dt>Settled by machine, {days} days</dt><dd>{of === 0 ? '–' : percent(machine / of)}<small>{counted(machine)} of {counted(of)} records</small></dd></div>
      <div><dt>Escaped, of what left with nothing found</dt><dd>{escape.share === null ? 'not sampled yet' : percent(escape.share)}
        <small>{escape.share === null ? draw : `${percent(escape.low)}–${percent(escape.high)}; ${counted(escape.reviewed)} of ${counted(escape.drawn)} reviewed, drawn from ${counted(escape.records)}${escape.covered < 1 ? `; what was reviewed stands for ${percent(escape.covered)} of them` : ''}`}</small></dd></div>
    </>
  );
}

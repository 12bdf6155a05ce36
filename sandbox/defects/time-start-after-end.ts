import { isObject, textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const timeStartAfterEnd: Defect = {
  rule: 'time-start-after-end', type: 'Procedure', because: 'Start and end were exchanged.',
  plant(procedure) {
    const { performedPeriod: period } = procedure;
    const start = textAt(period, 'start'), end = textAt(period, 'end');
    if (!isObject(period) || !start || !end || Date.parse(start) >= Date.parse(end)) return undefined;
    Object.assign(period, { start: end, end: start });
    return amended(procedure);
  },
};

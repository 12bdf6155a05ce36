import { amended, type Defect } from './defect.ts';

export const timeFuture: Defect = {
  rule: 'time-future', type: 'Observation', because: 'The year was mistyped: a result of the year 2091.',
  plant(observation) {
    const { effectiveDateTime, issued, valueQuantity } = observation;
    if (typeof effectiveDateTime !== 'string' || typeof issued !== 'string' || !valueQuantity) return undefined;
    observation['effectiveDateTime'] = `2091${effectiveDateTime.slice(4).replace(/^-02-29/, '-02-28')}`;
    observation['issued'] = `2091${issued.slice(4).replace(/^-02-29/, '-02-28')}`;
    return amended(observation);
  },
};

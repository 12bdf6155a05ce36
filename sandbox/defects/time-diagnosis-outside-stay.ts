import { amend, type Defect, type Form } from './defect.ts';
import { daysOn, textAt } from './touch.ts';

const form = (type: string, because: string, element: 'recordedDate' | 'performedPeriod', days: number, classes: readonly string[] = ['IMP', 'ACUTE', 'NONAC']): Form => amend(type, because, (resource, { resolve }) => {
  const encounter = resolve(textAt(resource, 'encounter', 'reference'));
  const start = textAt(encounter, 'period', 'start'), end = textAt(encounter, 'period', 'end');
  if (!classes.includes(textAt(encounter, 'class', 'code') ?? '') || !start || !end || resource[element] === undefined) return false;
  const at = days < 0 ? daysOn(start, days) : daysOn(end, days);
  resource[element] = element === 'performedPeriod' ? { start: at, end: daysOn(at, 0.05) } : at;
  return true;
});

export const timeDiagnosisOutsideStay: Defect = {
  rule: 'time-diagnosis-outside-stay',
  forms: [
    form('Condition', 'Recorded three weeks after the stay it is reported for.', 'recordedDate', 21), form('Condition', 'Recorded a month before the stay.', 'recordedDate', -30),
    form('Procedure', 'Done twelve days after the stay.', 'performedPeriod', 12), form('Procedure', 'Done eight days before the stay.', 'performedPeriod', -8), form('Condition', 'Recorded six days after the stay.', 'recordedDate', 6.5),
  ],
  nearMisses: [form('Condition', 'Recorded three days after discharge.', 'recordedDate', 3), form('Procedure', 'Done two days before admission.', 'performedPeriod', -2), form('Condition', 'Recorded long after a visit, not a stay.', 'recordedDate', 40, ['AMB'])],
};

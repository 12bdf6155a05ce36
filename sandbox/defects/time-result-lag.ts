import { amend, type Defect, type Form } from './defect.ts';
import { daysOn, textAt } from './touch.ts';

const form = (type: string, because: string, days: number): Form => amend(type, because, (resource) => {
  const at = textAt(resource, 'effectiveDateTime');
  if (at === undefined || textAt(resource, 'issued') === undefined || at > '2026-01') return false;
  resource['issued'] = daysOn(at, days);
  return true;
});

export const timeResultLag: Defect = {
  rule: 'time-result-lag',
  forms: [form('Observation', 'Issued four months after the specimen.', 120), form('DiagnosticReport', 'Reported three months after the specimen.', 92), form('Observation', 'Issued sixty-one days after the specimen.', 61.5)],
  nearMisses: [form('Observation', 'A culture of six weeks.', 42), form('DiagnosticReport', 'Reported the next day.', 1)],
};

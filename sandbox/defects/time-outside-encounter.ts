import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { daysOn, part, textAt, type JsonObject } from './touch.ts';

const stays = new Set(['IMP', 'ACUTE', 'NONAC', 'EMER', 'OBSENC']);
function stayOf(resource: JsonObject, { resolve }: Chart): { start: string; end: string } | undefined {
  const encounter = resolve(textAt(resource, 'encounter', 'reference') ?? textAt(resource, 'context', 'reference'));
  const start = textAt(encounter, 'period', 'start'), end = textAt(encounter, 'period', 'end');
  return stays.has(textAt(encounter, 'class', 'code') ?? '') && start && end ? { start, end } : undefined;
}
/** `days` after the stay, or before it where they are negative. */
const form = (type: string, because: string, element: string, days: number): Form => amend(type, because, (resource, chart) => {
  const stay = stayOf(resource, chart);
  if (stay === undefined || resource[element] === undefined) return false;
  const at = days < 0 ? daysOn(stay.start, days) : daysOn(stay.end, days);
  if (part(resource, element)) resource[element] = { start: at, end: daysOn(at, 0.05) };
  else resource[element] = at;
  return true;
});

export const timeOutsideEncounter: Defect = {
  rule: 'time-outside-encounter',
  forms: [
    form('Observation', 'Measured three weeks after discharge.', 'effectiveDateTime', 21), form('Observation', 'Measured a month before admission.', 'effectiveDateTime', -30), form('Procedure', 'Operated forty days after the stay.', 'performedPeriod', 40),
    form('MedicationRequest', 'Ordered ten days before admission.', 'authoredOn', -10), form('MedicationAdministration', 'Given nine days after discharge.', 'effectiveDateTime', 9), form('DiagnosticReport', 'Reported on for a time before the stay.', 'effectiveDateTime', -60),
  ],
  nearMisses: [form('Observation', 'Measured five days after discharge.', 'effectiveDateTime', 5), form('MedicationRequest', 'Ordered two days before admission.', 'authoredOn', -2), form('Procedure', 'Operated on the day before the stay.', 'performedPeriod', -1)],
};

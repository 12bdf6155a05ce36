import { amend, type Defect, type Form } from './defect.ts';
import { daysOn, part, textAt } from './touch.ts';

/** The source’s first version comes so many days after the record was made. */
const form = (type: string, because: string, element: string, days: number, versionId?: string): Form => amend(type, because, (resource) => {
  const at = textAt(resource, element);
  if (at === undefined || at.length < 16 || at > '2026-01') return false;
  resource['meta'] = { ...part(resource, 'meta'), lastUpdated: daysOn(at, days), ...(versionId !== undefined && { versionId }) };
  return true;
});

export const timeSourceLag: Defect = {
  rule: 'time-source-lag', hidden: true,
  forms: [form('Observation', 'At the source eighty days after it was issued.', 'issued', 80), form('Condition', 'At the source half a year after it was recorded.', 'recordedDate', 180), form('MedicationRequest', 'At the source two months after it was ordered.', 'authoredOn', 61, '1')],
  nearMisses: [form('Observation', 'At the source the next day.', 'issued', 1), form('Condition', 'Changed after a year: the fourth version.', 'recordedDate', 365, '4'), form('MedicationRequest', 'At the source in three weeks.', 'authoredOn', 21)],
};

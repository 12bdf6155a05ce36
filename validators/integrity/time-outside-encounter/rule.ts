import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { moment, type Moment } from '../reading/moments.ts';
import { wrong } from '../say.ts';
import { daysOutside, encounterJoin, stayClasses } from '../templates/encounter-join.ts';

// What happens at the bedside; diagnoses and orders have rules of their own.
const types = ['Observation', 'Procedure', 'MedicationAdministration', 'Immunization', 'DiagnosticReport', 'MedicationRequest', 'ImagingStudy'] as const;
const days = 7;
type Item = { readonly version: string; readonly path: string; readonly at: Moment };

export const timeOutsideEncounter = encounterJoin<Item>({
  id: 'time-outside-encounter', version: 3, category: 'temporal plausibility', owner: 'documentation',
  title: 'Far outside its encounter', why: 'The event is filed in the wrong stay, or one of the dates is wrong.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (withinVisitDates: 7 days)'],
  parameters: { schema: { type: 'object', properties: { days: { type: 'integer', minimum: 0 } }, required: ['days'] }, defaults: { days } },
  reads: Object.fromEntries(types.map((type) => [type, [...(timeReads[type] ?? []), 'encounter', 'context']])),
  concerns: (frame) => stayClasses.has(frame.actClass),
  pick(entry) {
    const row = timesOf(entry.type).find((one) => one.element !== 'issued' && timeAt(entry.fields, one) !== undefined);
    const at = row === undefined ? undefined : moment(timeAt(entry.fields, row));
    return row === undefined || at === undefined ? undefined : { version: entry.version, path: `${entry.type}.${row.element}`, at };
  },
  judge(item, frame) {
    if ((daysOutside(item.at, frame) ?? 0) <= days) return [];
    return [wrong(item.path, 'This happened more than a week outside the stay it is filed in.',
      { version: item.version, evidence: [{ version: frame.version, expression: 'Encounter.period', role: 'against' }] })];
  },
});

import { timeAt, timeReads, timesOf } from '../reading/clinical-time.ts';
import { moment, type Moment } from '../reading/moments.ts';
import { wrong } from '../say.ts';
import { daysOutside, encounterJoin, inpatientClasses } from '../templates/encounter-join.ts';

const days = 5;
type Item = { readonly version: string; readonly path: string; readonly at: Moment };

export const timeDiagnosisOutsideStay = encounterJoin<Item>({
  id: 'time-diagnosis-outside-stay', version: 3, category: 'temporal plausibility', owner: 'coding',
  title: 'A diagnosis or procedure outside its stay', why: 'It is reported for a stay to which it does not belong.',
  sources: ['PCORnet Data Quality Checks (diagnosis and procedure dates against the encounter: 5 days)'],
  parameters: { schema: { type: 'object', properties: { days: { type: 'integer', minimum: 0 } }, required: ['days'] }, defaults: { days } },
  reads: { Condition: ['encounter', 'recordedDate'], Procedure: ['encounter', ...(timeReads['Procedure'] ?? [])] },
  concerns: (frame) => inpatientClasses.has(frame.actClass),
  pick(entry) {
    // A condition may have begun years ago: when it was recorded counts.
    const row = timesOf(entry.type).find((one) => (entry.type === 'Condition' ? one.states === 'recorded' : timeAt(entry.fields, one) !== undefined));
    const at = row === undefined ? undefined : moment(timeAt(entry.fields, row));
    return row === undefined || at === undefined ? undefined : { version: entry.version, path: `${entry.type}.${row.element}`, at };
  },
  judge(item, frame) {
    if ((daysOutside(item.at, frame) ?? 0) <= days) return [];
    return [wrong(item.path, 'This diagnosis or procedure lies more than five days outside the stay it is reported for.',
      { version: item.version, evidence: [{ version: frame.version, expression: 'Encounter.period', role: 'against' }] })];
  },
});

import { patientRule } from '../patient-rule.ts';
import { day, moment } from '../reading/moments.ts';
import { wrong } from '../say.ts';
import { frameOf, frameReads, inpatientClasses, visitNumbers, type Frame } from '../templates/encounter-join.ts';
import type { Encounter } from '@medplum/fhirtypes';

type Stay = Frame & { readonly start: number; readonly end: number; readonly onLeave: boolean; readonly transfer: boolean; readonly numbers: readonly string[] };
type State = { readonly now: number | undefined; readonly stays: Stay[] };

export const timeOverlappingStays = patientRule<State>({
  id: 'time-overlapping-stays', version: 3, category: 'temporal plausibility', owner: 'registration',
  title: 'In two beds at once', why: 'One stay is another patient’s, or was never closed; lengths of stay and bills are wrong.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (visit overlap)', 'CMS Claims Processing Manual, ch. 3, 40.2.5 (leave of absence), 20.1.2.4 (transfers)'],
  reads: { Encounter: [...frameReads, 'hospitalization', 'statusHistory', 'identifier'] },
  start: (view) => ({ now: moment(view.asOf)?.from, stays: [] }),
  step(state, entry) {
    const frame = frameOf(entry);
    if (entry.place !== 'compartment' || !inpatientClasses.has(frame.actClass) || ['planned', 'cancelled', 'entered-in-error'].includes(frame.status)) return;
    // One that goes on lasts until now. Without an end and finished, it was forgotten: nobody can tell how long it lasted.
    const end = frame.end ?? (frame.status === 'in-progress' ? state.now : undefined);
    if (frame.start === undefined || end === undefined || end - frame.start < day) return;
    const { hospitalization, statusHistory } = entry.fields as Partial<Encounter>;
    state.stays.push({ ...frame, numbers: visitNumbers(entry.fields as Partial<Encounter>), start: frame.start, end,
      onLeave: statusHistory?.some((one) => one.status === 'onleave') === true || frame.status === 'onleave',
      // http://terminology.hl7.org/CodeSystem/admit-source and discharge-disposition
      transfer: [hospitalization?.admitSource, hospitalization?.dischargeDisposition].some((concept) =>
        concept?.coding?.some((coding) => ['hosp-trans', 'other-hcf', 'long', 'rehab', 'psy', 'snf'].includes(coding.code ?? '')) === true) });
  },
  end(state) {
    const stays = state.stays.sort((a, b) => a.start - b.start);
    return stays.flatMap((stay, index) => {
      const other = stays.slice(0, index).find((one) => Math.min(one.end, stay.end) - stay.start > day && !one.onLeave && !stay.onLeave
        // Two records of one stay are another rule's: duplicate-encounter-disagrees.
        && !one.numbers.some((number) => stay.numbers.includes(number)) && !one.transfer && !stay.transfer && one.partOf !== stay.id && stay.partOf !== one.id && (stay.partOf === undefined || stay.partOf !== one.partOf));
      return other === undefined ? [] : [wrong('Encounter.period', 'Another stay of the same patient covers more than a day of this one.',
        { version: stay.version, code: 'conflict', evidence: [{ version: other.version, expression: 'Encounter.period', role: 'against' }] })];
    });
  },
});

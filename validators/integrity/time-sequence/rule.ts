import type { MedicationAdministration } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { day, isBefore } from '../reading/moments.ts';
import { idOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Given = { readonly version: string; readonly at: string; readonly request: string };
type State = { readonly said: Said[]; readonly authored: Map<string, { at: string; version: string }>; readonly given: Given[] };

// Within a resource: the first must not be after the second.
const pairs: Readonly<Record<string, readonly (readonly [first: string, second: string])[]>> = {
  Condition: [['onsetDateTime', 'recordedDate'], ['onsetDateTime', 'abatementDateTime']],
  AllergyIntolerance: [['onsetDateTime', 'recordedDate']],
  Observation: [['effectiveDateTime', 'issued']],
  DiagnosticReport: [['effectiveDateTime', 'issued']],
  Immunization: [['occurrenceDateTime', 'recorded']],
  MedicationDispense: [['whenPrepared', 'whenHandedOver']],
};

export const timeSequence = patientRule<State>({
  id: 'time-sequence', version: 1, category: 'temporal plausibility', owner: 'documentation',
  title: 'Times in an impossible order', why: 'One of the two is wrong, and whatever is counted from them with it.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleStartBeforeEnd)', '42 CFR 482.24(c)(2) (verbal orders are signed later: a day is allowed)'],
  reads: { ...Object.fromEntries(Object.entries(pairs).map(([type, own]) => [type, own.flat()])), MedicationRequest: ['authoredOn'], MedicationAdministration: ['effectiveDateTime', 'request', 'status'] },
  start: () => ({ said: [], authored: new Map(), given: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    const { fields, type, version } = entry;
    if (type === 'MedicationRequest') {
      const at = fields['authoredOn'];
      if (typeof at === 'string') state.authored.set(entry.id, { at, version });
    } else if (type === 'MedicationAdministration') {
      const { effectiveDateTime: at, request } = fields as Partial<MedicationAdministration>;
      const id = idOf(request, 'MedicationRequest');
      if (at !== undefined && id !== undefined) state.given.push({ version, at, request: id });
    } else {
      for (const [first, second] of pairs[type] ?? []) {
        const [one, other] = [fields[first], fields[second]];
        if (typeof one !== 'string' || typeof other !== 'string' || !isBefore(other, one)) continue;
        state.said.push(wrong(`${type}.${second}`, 'This lies before what must have come first; correct one of the two times.',
          { version, evidence: [{ expression: `${type}.${first}`, role: 'against' }] }));
      }
    }
  },
  end: (state) => [...state.said, ...state.given.flatMap(({ version, at, request }) => {
    const order = state.authored.get(request);
    return order === undefined || !isBefore(at, order.at, day) ? [] : [wrong('MedicationAdministration.effectiveDateTime',
      'This drug was given more than a day before it was ordered.', { version, evidence: [{ version: order.version, expression: 'MedicationRequest.authoredOn', role: 'against' }] })];
  })],
});

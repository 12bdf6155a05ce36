import type { Encounter, Reference } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { day, isBefore } from '../reading/moments.ts';
import { keyOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Done = { readonly version: string; readonly at: string; readonly expression: string; readonly orders: readonly string[] };
type State = { readonly said: Said[]; readonly authored: Map<string, { at: string; version: string; expression: string }>; readonly done: Done[] };

// Within a resource: the first must not be after the second. A period is told by its start.
const pairs: Readonly<Record<string, readonly (readonly [first: string, second: string])[]>> = {
  Condition: [['onsetDateTime', 'recordedDate'], ['onsetPeriod', 'recordedDate'], ['onsetDateTime', 'abatementDateTime'], ['onsetDateTime', 'abatementPeriod'], ['onsetPeriod', 'abatementDateTime'], ['onsetPeriod', 'abatementPeriod']],
  AllergyIntolerance: [['onsetDateTime', 'recordedDate']],
  Observation: [['effectiveDateTime', 'issued'], ['effectivePeriod', 'issued'], ['effectiveInstant', 'issued']],
  DiagnosticReport: [['effectiveDateTime', 'issued'], ['effectivePeriod', 'issued']],
  Immunization: [['occurrenceDateTime', 'recorded']],
  MedicationDispense: [['whenPrepared', 'whenHandedOver']],
  MedicationStatement: [['effectiveDateTime', 'dateAsserted']],
  Specimen: [['collection', 'receivedTime']],
};
const orders: Readonly<Record<string, string>> = { MedicationRequest: 'authoredOn', ServiceRequest: 'authoredOn' };
// What is done upon an order: when, and where it names the order.
const upon: Readonly<Record<string, readonly [times: readonly string[], names: string]>> = {
  MedicationAdministration: [['effectiveDateTime', 'effectivePeriod'], 'request'], MedicationDispense: [['whenHandedOver', 'whenPrepared'], 'authorizingPrescription'],
  Procedure: [['performedDateTime', 'performedPeriod'], 'basedOn'], ImagingStudy: [['started'], 'basedOn'],
};

type Timed = { readonly start?: string; readonly collectedDateTime?: string; readonly collectedPeriod?: { readonly start?: string } };
function timeIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const timed = value as Timed | undefined;
  return timed?.start ?? timed?.collectedDateTime ?? timed?.collectedPeriod?.start;
}
const reads = Object.fromEntries([...Object.entries(pairs).map(([type, own]) => [type, own.flat()] as const), ...Object.entries(orders).map(([type, name]) => [type, [name]] as const),
  ...Object.entries(upon).map(([type, [times, names]]) => [type, [...(pairs[type]?.flat() ?? []), ...times, names]] as const), ['Encounter', ['period']]]);

export const timeSequence = patientRule<State>({
  id: 'time-sequence', version: 2, category: 'temporal plausibility', owner: 'documentation',
  title: 'Times in an impossible order', why: 'One of the two is wrong, and whatever is counted from them with it.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausibleStartBeforeEnd)', '42 CFR 482.24(c)(2) (verbal orders are signed later: a day is allowed)'],
  reads,
  start: () => ({ said: [], authored: new Map(), done: [] }),
  step(state, { fields, type, id, version, place }) {
    if (place !== 'compartment') return;
    if (type === 'Encounter') {
      // Admitted after discharged: the period says it, to time-start-after-end too.
      const { start, end } = (fields as Partial<Encounter>).period ?? {};
      if (start !== undefined && end !== undefined && isBefore(end, start)) state.said.push(wrong('Encounter.period', 'The discharge lies before the admission; correct one of the two times.', { version }));
      return;
    }
    const order = orders[type];
    if (order !== undefined) {
      const at = timeIn(fields[order]);
      if (at !== undefined) state.authored.set(`${type}/${id}`, { at, version, expression: `${type}.${order}` });
      return;
    }
    const [times, names] = upon[type] ?? [];
    const element = times?.find((name) => timeIn(fields[name]) !== undefined);
    const at = element === undefined ? undefined : timeIn(fields[element]);
    if (at !== undefined && names !== undefined && fields[names] !== undefined) {
      const named = (Array.isArray(fields[names]) ? fields[names] : [fields[names]]) as readonly Reference[];
      state.done.push({ version, at, expression: `${type}.${element}`, orders: named.flatMap((reference) => keyOf(reference) ?? []) });
    }
    for (const [first, second] of pairs[type] ?? []) {
      const [one, other] = [timeIn(fields[first]), timeIn(fields[second])];
      if (one === undefined || other === undefined || !isBefore(other, one)) continue;
      state.said.push(wrong(`${type}.${second}`, 'This lies before what must have come first; correct one of the two times.',
        { version, evidence: [{ expression: `${type}.${first}`, role: 'against' }] }));
    }
  },
  end: (state) => [...state.said, ...state.done.flatMap(({ version, at, expression, orders: named }): Said[] => {
    const asked = named.flatMap((key) => state.authored.get(key) ?? []);
    const order = asked[0];
    return order === undefined || !asked.every((one) => isBefore(at, one.at, day)) ? [] : [wrong(expression,
      'This was done more than a day before it was ordered.', { version, evidence: [{ version: order.version, expression: order.expression, role: 'against' }] })];
  })],
});

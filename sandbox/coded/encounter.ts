import type { JsonObject } from '../json-exact.ts';
import type { Random } from '../seeded-random.ts';
import { claimOf } from './claim.ts';
import { diagnoses, drugs, type Diagnosis } from './diagnoses.ts';
import { documents } from './documents.ts';
import { pick, type Person } from './people.ts';
import { coded, concept, later, observation, refer, systems, vitals, type Staff } from './record.ts';
import type { Scenario } from './scenarios.ts';

export type Side = 'right' | 'left';
/** A diagnosis or an operation with its side in place. */
export const onSide = <Row extends { readonly display: string; readonly sides?: readonly [string, string] }>(row: Row, text: string, side: Side): string =>
  text.replace('#', row.sides?.[side === 'right' ? 0 : 1] ?? '#').replaceAll('{side}', side);

export type Found = { readonly diagnosis: Diagnosis; readonly code: JsonObject; readonly condition: JsonObject; readonly stated: string };
export type Done = { readonly code: JsonObject; readonly procedure: JsonObject; readonly told: string };
/** What an encounter's documents and bills are made from. */
export type Event = { readonly random: Random; readonly who: Person; readonly scenario: Scenario; readonly encounter: JsonObject; readonly id: string; readonly start: string; readonly end: string;
  readonly age: number; readonly side: Side; readonly found: readonly Found[]; readonly done: Done | undefined; readonly results: readonly (readonly [string, number, string])[]; readonly staff: Staff; readonly doctor: JsonObject };

const classes = { inpatient: 'IMP', outpatient: 'AMB', emergency: 'EMER' } as const;
const visitTypes = { inpatient: ['32485007', 'Hospital admission'], outpatient: ['185349003', 'Encounter for check up'], emergency: ['50849002', 'Emergency room admission'] } as const;
const ageAt = (birthDate: string, at: string): number => Math.max(0, Math.floor((Date.parse(at) - Date.parse(birthDate)) / (365.2425 * 86_400_000)));

/** Everything that one encounter leaves behind; its first resource is the Encounter. */
export function encounterRecords(random: Random, who: Person, scenario: Scenario, start: string, body: { cm: number; kg: number }, staff: Staff, ai: boolean): JsonObject[] {
  const id = random.id();
  const hours = scenario.setting === 'inpatient' ? 60 + random.below(90) : scenario.setting === 'emergency' ? 3 + random.below(4) : 0.5;
  const end = later(start, hours);
  const side: Side = random.share() < 0.5 ? 'right' : 'left';
  const doctor = pick(random, staff.attending);
  const subject = refer('Patient', who.id);
  const found = scenario.diagnoses.map((name, rank): Found => {
    const diagnosis: Diagnosis = diagnoses[name];
    const code = onSide(diagnosis, diagnosis.icd, side), display = onSide(diagnosis, diagnosis.display, side);
    const coding = [{ system: systems.icd, code, display }, ...(diagnosis.snomed === undefined ? [] : [{ system: systems.snomed, code: diagnosis.snomed }])];
    const condition: JsonObject = {
      resourceType: 'Condition', id: random.id(), clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
      verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
      category: [coded('http://terminology.hl7.org/CodeSystem/condition-category', 'encounter-diagnosis')],
      // Which coding comes first says nothing.
      code: { coding: rank % 2 === 0 ? coding : coding.reverse(), text: display }, subject, encounter: refer('Encounter', id),
      onsetDateTime: diagnosis.chronic === true ? later(start, -24 * (200 + random.below(600))) : later(start, diagnosis.inHospital === true ? 20 : -12), recordedDate: later(start, diagnosis.inHospital === true ? 22 : 0.3) };
    return { diagnosis, code: concept(systems.icd, code, display), condition, stated: onSide(diagnosis, diagnosis.stated, side) };
  });
  const encounter: JsonObject = {
    resourceType: 'Encounter', id, identifier: [{ use: 'official', system: 'urn:oid:1.2.36.146.595.217.0.2', value: `V${random.id().slice(0, 8)}` }], status: 'finished',
    class: { system: systems.actCode, code: classes[scenario.setting] }, type: [concept(systems.snomed, visitTypes[scenario.setting][0], visitTypes[scenario.setting][1])], subject,
    participant: [{ individual: refer('Practitioner', String(doctor['id'])) }], period: { start, end }, reasonCode: [{ text: scenario.complaint }], serviceProvider: refer('Organization', String(staff.hospital['id'])),
    diagnosis: found.map(({ condition }, rank) => ({ condition: refer('Condition', String(condition['id'])), use: coded('http://terminology.hl7.org/CodeSystem/diagnosis-role', scenario.setting === 'inpatient' ? 'DD' : 'billing'), rank: rank + 1 })) };
  const { done, records: ordered } = operationOf(random, who, scenario, id, start, side, doctor);
  const results = found.flatMap(({ diagnosis }) => diagnosis.results ?? []);
  const event: Event = { random, who, scenario, encounter, id, start, end, age: ageAt(who.birthDate, start), side, found, done, results, staff, doctor };
  const high = results.find(([loinc]) => loinc === '8480-6')?.[1] ?? 112 + random.below(24);
  const pulse = results.find(([loinc]) => loinc === '8867-4')?.[1];
  const measured = results.filter(([loinc]) => loinc !== '8480-6' && loinc !== '8867-4')
    .map(([loinc, value, unit]) => observation(random, who, id, later(start, 1), loinc, value, unit, ['8310-5', '59408-5'].includes(loinc) ? 'vital-signs' : 'laboratory'));
  return [
    encounter, ...found.map(({ condition }) => condition), ...ordered, ...(event.age < 2 ? [] : vitals(random, who, id, later(start, 0.2), body, high, pulse)), ...measured,
    ...reportOf(event, measured), ...medication(event), ...documents(event, ai), claimOf(event),
  ];
}

function operationOf(random: Random, who: Person, { operation }: Scenario, encounter: string, start: string, side: Side, doctor: JsonObject): { done: Done | undefined; records: JsonObject[] } {
  if (operation === undefined) return { done: undefined, records: [] };
  const code = concept(systems[operation.system], onSide(operation, operation.code, side), onSide(operation, operation.display, side));
  const about: JsonObject = { subject: refer('Patient', who.id), encounter: refer('Encounter', encounter) };
  const site: JsonObject = operation.sides === undefined ? {} : { bodySite: [{ coding: [side === 'right' ? { system: systems.snomed, code: '24028007', display: 'Right' } : { system: systems.snomed, code: '7771000', display: 'Left' }] }] };
  const order: JsonObject = { resourceType: 'ServiceRequest', id: random.id(), status: 'completed', intent: 'order', code, ...about, ...site, authoredOn: later(start, 0.4), requester: refer('Practitioner', String(doctor['id'])) };
  const procedure: JsonObject = { resourceType: 'Procedure', id: random.id(), basedOn: [refer('ServiceRequest', String(order['id']))], status: 'completed', code, ...about, ...site,
    performedPeriod: operation.system === 'cpt' ? { start: later(start, 0.1), end: later(start, 0.4) } : { start: later(start, 18), end: later(start, 19.5) }, performer: [{ actor: refer('Practitioner', String(doctor['id'])) }] };
  if (operation.system === 'cpt') order['authoredOn'] = start;
  return { done: { code, procedure, told: onSide(operation, operation.told, side) }, records: [order, procedure] };
}

function reportOf({ random, who, id, start }: Event, results: readonly JsonObject[]): JsonObject[] {
  if (results.length === 0) return [];
  return [{ resourceType: 'DiagnosticReport', id: random.id(), status: 'final', category: [coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'LAB')], code: concept(systems.loinc, '11502-2', 'Laboratory report'),
    subject: refer('Patient', who.id), encounter: refer('Encounter', id), effectiveDateTime: later(start, 1), issued: later(start, 3.2), result: results.map((one) => refer('Observation', String(one['id']))) }];
}

function medication({ random, who, id, start, scenario, found, doctor }: Event): JsonObject[] {
  return [...new Set(found.flatMap(({ diagnosis }) => diagnosis.drugs ?? []))].flatMap((name) => {
    const [rxcui = '', text = ''] = drugs[name] ?? [];
    const ordered: JsonObject = { resourceType: 'MedicationRequest', id: random.id(), status: 'active', intent: 'order', medicationCodeableConcept: concept(systems.rxnorm, rxcui, text), subject: refer('Patient', who.id),
      encounter: refer('Encounter', id), authoredOn: later(start, scenario.setting === 'outpatient' ? 0.3 : 1.5), requester: refer('Practitioner', String(doctor['id'])),
      dosageInstruction: [{ sequence: 1, text: 'as directed', doseAndRate: [{ doseQuantity: { value: 1 } }] }], dispenseRequest: { numberOfRepeatsAllowed: random.below(6), expectedSupplyDuration: { value: 30, unit: 'days', system: systems.ucum, code: 'd' } } };
    if (scenario.setting !== 'inpatient') return [ordered];
    return [ordered, { resourceType: 'MedicationAdministration', id: random.id(), status: 'completed', medicationCodeableConcept: concept(systems.rxnorm, rxcui, text), subject: refer('Patient', who.id), context: refer('Encounter', id),
      effectiveDateTime: later(start, 3), performer: [{ actor: refer('Practitioner', String(doctor['id'])) }], request: refer('MedicationRequest', String(ordered['id'])) }];
  });
}

import type { JsonObject } from '../json-exact.ts';
import type { Event } from './encounter.ts';
import { coded, later, refer, systems } from './record.ts';

const poaSystem = 'http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission';

/** The bill of one encounter: a stay as the hospital's, a visit as the practice's. */
export function claimOf({ random, who, scenario, id, start, end, found, done, staff, doctor }: Event): JsonObject {
  const stay = scenario.setting === 'inpatient';
  const professional = scenario.setting === 'outpatient';
  return {
    resourceType: 'Claim', id: random.id(), status: 'active', type: coded('http://terminology.hl7.org/CodeSystem/claim-type', professional ? 'professional' : 'institutional'),
    use: 'claim', patient: refer('Patient', who.id), billablePeriod: { start, end }, created: later(end, 30),
    provider: professional ? refer('Practitioner', String(doctor['id'])) : refer('Organization', String(staff.hospital['id'])), priority: coded('http://terminology.hl7.org/CodeSystem/processpriority', 'normal'),
    diagnosis: found.map(({ code, diagnosis }, at) => ({
      sequence: at + 1, diagnosisCodeableConcept: code, type: [coded('http://terminology.hl7.org/CodeSystem/ex-diagnosistype', at === 0 ? 'principal' : stay ? 'discharge' : 'clinical')],
      ...(stay && diagnosis.exempt !== true && { onAdmission: coded(poaSystem, diagnosis.inHospital === true ? 'n' : 'y') }) })),
    // Even stays are billed in two ways: with the code, or with a reference to what was done.
    ...(done !== undefined && { procedure: [{ sequence: 1, date: done.procedure['performedPeriod'] === undefined ? start : String((done.procedure['performedPeriod'] as JsonObject)['start']),
      ...(random.share() < 0.5 ? { procedureCodeableConcept: done.code } : { procedureReference: refer('Procedure', String(done.procedure['id'])) }) }] }),
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'Commonwealth Health Plan' } }],
    item: [{ sequence: 1, productOrService: { coding: [professional ? { system: systems.cpt, code: '99214' } : { system: 'https://www.nubc.org/CodeSystem/RevenueCodes', code: stay ? '0120' : '0450' }] },
      diagnosisSequence: found.map((_, at) => at + 1), encounter: [refer('Encounter', id)] }],
  };
}

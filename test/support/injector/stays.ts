import type { JsonObject } from '../../../sandbox/json-exact.ts';
import { amount, concept, shifted, to, uris } from './words.ts';

/** What a hospital of our own found: a code, how a note says it, and what goes with it. `acute`: not present before. */
type Found = { readonly code: string; readonly title: string; readonly said: string; readonly labs: readonly (readonly [code: string, value: number, unit: string])[]; readonly drug?: readonly [rxcui: string, name: string] };
const foundOnes: readonly Found[] = [
  { code: 'J18.9', title: 'Pneumonia, unspecified organism', said: 'Community acquired pneumonia', labs: [['6690-2', 17.4, '10*3/uL'], ['8310-5', 38.9, 'Cel'], ['59408-5', 91, '%']], drug: ['18631', 'azithromycin'] },
  { code: 'I50.23', title: 'Acute on chronic systolic (congestive) heart failure', said: 'Acute on chronic systolic heart failure', labs: [['30934-4', 1480, 'pg/mL']], drug: ['4603', 'furosemide'] },
  { code: 'N17.9', title: 'Acute kidney failure, unspecified', said: 'Acute kidney injury', labs: [['2160-0', 2.9, 'mg/dL']], drug: ['9863', 'sodium chloride'] },
  { code: 'E11.65', title: 'Type 2 diabetes mellitus with hyperglycemia', said: 'Type 2 diabetes with hyperglycemia', labs: [['4548-4', 9.8, '%'], ['2345-7', 288, 'mg/dL']], drug: ['6809', 'metformin'] },
  { code: 'I10', title: 'Essential (primary) hypertension', said: 'Essential hypertension', labs: [['8480-6', 168, 'mm[Hg]']], drug: ['29046', 'lisinopril'] },
  { code: 'D62', title: 'Acute posthemorrhagic anemia', said: 'Acute blood loss anemia', labs: [['718-7', 6.9, 'g/dL']], drug: ['24941', 'ferric oxide'] },
  { code: 'E87.6', title: 'Hypokalemia', said: 'Hypokalemia', labs: [['2823-3', 2.8, 'mmol/L']], drug: ['8591', 'potassium chloride'] },
  { code: 'J96.01', title: 'Acute respiratory failure with hypoxia', said: 'Acute hypoxic respiratory failure', labs: [['59408-5', 83, '%'], ['2703-7', 52, 'mm[Hg]']] },
  { code: 'I48.91', title: 'Unspecified atrial fibrillation', said: 'Atrial fibrillation', labs: [['8867-4', 132, '/min']], drug: ['1364430', 'apixaban'] },
  { code: 'I21.4', title: 'Non-ST elevation (NSTEMI) myocardial infarction', said: 'NSTEMI', labs: [['10839-9', 3.1, 'ng/mL']], drug: ['1191', 'aspirin'] },
  { code: 'N39.0', title: 'Urinary tract infection, site not specified', said: 'Urinary tract infection', labs: [['6690-2', 13.9, '10*3/uL']], drug: ['2193', 'ceftriaxone'] },
  { code: 'E78.5', title: 'Hyperlipidemia, unspecified', said: 'Hyperlipidemia', labs: [['13457-7', 171, 'mg/dL']], drug: ['83367', 'atorvastatin'] },
];
const operations = [
  { pcs: '0SRC0J9', title: 'Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach', said: 'right total knee replacement', cause: 'M17.11', causeTitle: 'Unilateral primary osteoarthritis, right knee', causeSaid: 'Right knee osteoarthritis', site: ['24028007', 'Right'] },
  { pcs: '0SRB0J9', title: 'Replacement of Left Hip Joint with Synthetic Substitute, Cemented, Open Approach', said: 'left total hip replacement', cause: 'M16.12', causeTitle: 'Unilateral primary osteoarthritis, left hip', causeSaid: 'Left hip osteoarthritis', site: ['7771000', 'Left'] },
] as const;

const families = ['Abara', 'Lindqvist', 'Moreau', 'Tanaka', 'Hughes', 'Kowalczyk', 'Nair', 'Castillo', 'Petrov', 'Adeyemi'], givens = [['Agnes', 'Ingrid', 'Beatriz', 'Noor', 'Helen'], ['Magnus', 'Tomas', 'Idris', 'Walter', 'Kenji']] as const;
const html = (text: string): string => `<html><body>${text.split('\n').map((line) => (/^[A-Z ]+:$/.test(line) ? `<h3>${line}</h3>` : `<p>${line}</p>`)).join('')}</body></html>`;

/** One note: sections in capitals, as many systems export them. */
function noteText(said: readonly Found[], lines: { readonly operation?: string; readonly who: string; readonly more?: readonly string[] }): string {
  return ['HISTORY OF PRESENT ILLNESS:', `${lines.who} was admitted from home and improved over the stay.`, 'MEDICATIONS:', ...said.flatMap(({ drug }) => (drug === undefined ? [] : [`${drug[1]} was given.`])), 'ASSESSMENT:',
    ...said.map(({ said: words, drug }, at) => `${at + 1}. ${words}${drug === undefined ? '' : `, treated with ${drug[1]}`}.`), ...(lines.operation === undefined ? [] : ['PROCEDURES:', `Patient underwent ${lines.operation}.`]), ...(lines.more ?? []), 'DISPOSITION:', 'Home with follow up in two weeks.'].join('\n');
}
export const attached = (text: string, how: 'plain' | 'html'): JsonObject[] => [{ attachment: how === 'plain' ? { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } : { contentType: 'text/html; charset=utf-8', data: Buffer.from(html(text)).toString('base64') } }];

/** Patients with an inpatient stay and a visit each, coded, in order. */
export function madeStays(count: number): JsonObject[] {
  const all: JsonObject[] = [
    { resourceType: 'Organization', id: 'second-hospital', active: true, name: 'Second Hospital' },
    ...[0, 1, 2].map((at): JsonObject => ({ resourceType: 'Practitioner', id: `second-doctor-${at}`, active: true, name: [{ family: ['Osei', 'Brandt', 'Laurent'][at] ?? '', given: ['Jo'] }] }))];
  for (let at = 0; at < count; at++) all.push(...onePatient(at));
  return all;
}

function onePatient(at: number): JsonObject[] {
  const id = `second-${at}`, sex = at % 2, doctor = to('Practitioner', `second-doctor-${at % 3}`), patient = to('Patient', id);
  const stay = `${id}-stay`, admitted = shifted('2025-01-06T09:15:00Z', at * 5), left = shifted(admitted, 4), when = shifted(admitted, 0.2);
  const principal = foundOnes[at % foundOnes.length]!, others = [3, 5].map((step) => foundOnes[(at + step) % foundOnes.length]!), said = [principal, ...others];
  const operation = at % 3 === 0 ? operations[(at / 3) % 2]! : undefined, who = sex === 0 ? 'She' : 'He';
  const made: JsonObject[] = [
    { resourceType: 'Patient', id, active: true, identifier: [{ type: concept(uris.kind, 'MR'), system: 'urn:oid:2.16.840.1.113883.19.5', value: `S${70000 + at}` }], gender: sex === 0 ? 'female' : 'male', birthDate: `${1938 + (at * 7) % 45}-0${1 + at % 9}-1${at % 10}`,
      name: [{ use: 'official', family: `${families[at % families.length]}${['', 'sen', 'ova', 'man'][Math.floor(at / 10) % 4]}`, given: [givens[sex]![(at + Math.floor(at / 10)) % 5]!] }], address: [{ line: [`${at + 3} Harbour Street`], city: 'Portland', state: 'ME', postalCode: `0410${at % 10}` }] },
    { resourceType: 'Encounter', id: stay, status: 'finished', class: { system: uris.class, code: 'IMP' }, type: [concept(uris.snomed, '32485007', 'Hospital admission (procedure)')], subject: patient, period: { start: admitted, end: left }, participant: [{ individual: doctor }],
      serviceProvider: to('Organization', 'second-hospital'), hospitalization: { dischargeDisposition: concept('http://terminology.hl7.org/CodeSystem/discharge-disposition', 'home') },
      diagnosis: said.map((_, rank): JsonObject => ({ condition: to('Condition', `${id}-dx-${rank}`), use: concept(uris.role, 'DD'), rank: rank + 1 })) }];
  const lines = [...said, ...(operation === undefined ? [] : [{ code: operation.cause, title: operation.causeTitle, said: operation.causeSaid, labs: [] }])];
  lines.forEach(({ code, title }, rank) => made.push({ resourceType: 'Condition', id: `${id}-dx-${rank}`, clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'), verificationStatus: concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
    category: [concept('http://terminology.hl7.org/CodeSystem/condition-category', 'encounter-diagnosis')], code: concept(uris.icd, code, title), subject: patient, encounter: to('Encounter', stay), recordedDate: when }));
  const drawn = said.flatMap(({ labs }) => labs);
  drawn.forEach(([code, value, unit], n) => made.push({ resourceType: 'Observation', id: `${id}-lab-${n}`, status: 'final', category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')], code: concept(uris.loinc, code), subject: patient, encounter: to('Encounter', stay),
    effectiveDateTime: when, issued: shifted(when, 0.1), performer: [to('Organization', 'second-hospital')], valueQuantity: amount(value, unit) }));
  said.forEach(({ drug }, n) => { if (drug !== undefined) made.push({ resourceType: 'MedicationRequest', id: `${id}-rx-${n}`, status: 'completed', intent: 'order', medicationCodeableConcept: concept(uris.rxnorm, drug[0], drug[1]), subject: patient, encounter: to('Encounter', stay), authoredOn: when, requester: doctor }); });
  if (operation !== undefined) {
    const done = shifted(admitted, 1);
    made.push({ resourceType: 'ServiceRequest', id: `${id}-order`, status: 'completed', intent: 'order', code: { text: operation.said }, bodySite: [concept(uris.snomed, operation.site[0], operation.site[1])], subject: patient, encounter: to('Encounter', stay), authoredOn: when, requester: doctor });
    made.push({ resourceType: 'Procedure', id: `${id}-op`, status: 'completed', code: concept(uris.pcs, operation.pcs, operation.title), basedOn: [to('ServiceRequest', `${id}-order`)], bodySite: [concept(uris.snomed, operation.site[0], operation.site[1])], subject: patient, encounter: to('Encounter', stay),
      performedPeriod: { start: done, end: shifted(done, 0.1) }, performer: [{ actor: doctor }] });
  }
  const text = noteText(lines, { who, ...(operation === undefined ? {} : { operation: operation.said }) });
  made.push({ resourceType: 'DocumentReference', id: `${id}-summary`, status: 'current', docStatus: 'final', type: concept(uris.loinc, '18842-5', 'Discharge summary'), subject: patient, date: left, author: [doctor], authenticator: doctor,
    content: attached(text, at % 2 === 0 ? 'html' : 'plain'), context: { encounter: [to('Encounter', stay)], period: { start: admitted, end: left } } });
  made.push({ resourceType: 'Claim', id: `${id}-claim`, status: 'active', use: 'claim', type: concept('http://terminology.hl7.org/CodeSystem/claim-type', 'institutional'), patient, billablePeriod: { start: admitted, end: left }, created: shifted(left, 3), provider: to('Organization', 'second-hospital'),
    priority: concept('http://terminology.hl7.org/CodeSystem/processpriority', 'normal'), insurance: [{ sequence: 1, focal: true, coverage: { display: 'Payer' } }],
    diagnosis: lines.map(({ code, title }, n): JsonObject => ({ sequence: n + 1, diagnosisCodeableConcept: concept(uris.icd, code, title), type: [concept('http://terminology.hl7.org/CodeSystem/ex-diagnosistype', n === 0 ? 'principal' : 'secondary')],
      ...(/^(?:I10|E78)/.test(code) ? { onAdmission: concept('https://www.nubc.org/CodeSystem/PresentOnAdmissionIndicator', 'Y') } : { onAdmission: concept('http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission', 'y') }) })),
    ...(operation === undefined ? {} : { procedure: [{ sequence: 1, date: shifted(admitted, 1), procedureCodeableConcept: concept(uris.pcs, operation.pcs, operation.title)}] }),
    item: [{ sequence: 1, productOrService: concept(uris.hcpcs, 'G0378'), encounter: [to('Encounter', stay)] }] });
  const visit = `${id}-visit`, came = shifted(admitted, 60), seen = foundOnes[[4, 11, 3][at % 3]!]!;
  made.push({ resourceType: 'Encounter', id: visit, status: 'finished', class: { system: uris.class, code: 'AMB' }, subject: patient, period: { start: came, end: shifted(came, 0.02) }, participant: [{ individual: doctor }], serviceProvider: to('Organization', 'second-hospital') });
  made.push({ resourceType: 'Composition', id: `${id}-note`, status: 'final', type: concept(uris.loinc, '11506-3', 'Progress note'), subject: patient, encounter: to('Encounter', visit), date: came, author: [doctor], attester: [{ mode: 'legal', time: came, party: doctor }], title: 'Visit',
    section: [{ title: 'Subjective', text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${who} feels well.</div>` } }, { title: 'Assessment', text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${seen.said}. Continue ${seen.drug?.[1] ?? 'as before'}.</div>` } }] });
  made.push({ resourceType: 'MedicationRequest', id: `${id}-visit-rx`, status: 'active', intent: 'order', medicationCodeableConcept: concept(uris.rxnorm, seen.drug![0], seen.drug![1]), subject: patient, encounter: to('Encounter', visit), authoredOn: came, requester: doctor });
  made.push({ resourceType: 'Observation', id: `${id}-visit-lab`, status: 'final', code: concept(uris.loinc, seen.labs[0]![0]), subject: patient, encounter: to('Encounter', visit), effectiveDateTime: came, valueQuantity: amount(seen.labs[0]![1], seen.labs[0]![2]) });
  made.push({ resourceType: 'Claim', id: `${id}-visit-claim`, status: 'active', use: 'claim', type: concept('http://terminology.hl7.org/CodeSystem/claim-type', 'professional'), patient, billablePeriod: { start: came, end: came }, created: shifted(came, 2), provider: to('Organization', 'second-hospital'),
    priority: concept('http://terminology.hl7.org/CodeSystem/processpriority', 'normal'), insurance: [{ sequence: 1, focal: true, coverage: { display: 'Payer' } }], diagnosis: [{ sequence: 1, diagnosisCodeableConcept: concept(uris.icd, seen.code, seen.title) }],
    item: [{ sequence: 1, productOrService: concept(uris.cpt, '99213'), diagnosisSequence: [1], encounter: [to('Encounter', visit)] }] });
  return made;
}

import type { JsonObject } from '../json-exact.ts';
import { digits, pick, type Person } from './people.ts';
import type { Random } from '../seeded-random.ts';

export const systems = {
  loinc: 'http://loinc.org', ucum: 'http://unitsofmeasure.org', icd: 'http://hl7.org/fhir/sid/icd-10-cm', snomed: 'http://snomed.info/sct', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  pcs: 'http://www.cms.gov/Medicare/Coding/ICD10', cpt: 'http://www.ama-assn.org/go/cpt', cvx: 'http://hl7.org/fhir/sid/cvx', actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  category: 'http://terminology.hl7.org/CodeSystem/observation-category',
} as const;

export const concept = (system: string, code: string, display?: string): JsonObject => ({ coding: [{ system, code, ...(display !== undefined && { display }) }], ...(display !== undefined && { text: display }) });
export const coded = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] });
export const refer = (type: string, id: string): JsonObject => ({ reference: `${type}/${id}` });

const hour = 3_600_000;
/** An instant, that many hours after another. */
export const later = (instant: string, hours: number): string => new Date(Date.parse(instant) + hours * hour).toISOString().replace('.000Z', 'Z');

/** NPI: Luhn over the number behind 80840. */
export function npi(random: Random): string {
  const nine = `1${digits(random, 8)}`;
  const sum = [...`80840${nine}`].reverse().reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return `${nine}${(10 - (sum % 10)) % 10}`;
}

export type Staff = { readonly attending: JsonObject[]; readonly resident: JsonObject; readonly hospital: JsonObject };

export function staff(random: Random): Staff {
  const practitioner = (family: string, given: string, code: string, text: string): JsonObject => ({
    resourceType: 'Practitioner', id: random.id(), identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi(random) }], active: true,
    name: [{ family, given: [given], prefix: ['Dr.'] }], qualification: [{ code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0360', code }], text } }] });
  const names = [['Okafor', 'Ngozi'], ['Halvorsen', 'Erik'], ['Moreau', 'Claire'], ['Takahashi', 'Shun'], ['Ferreira', 'Rui'], ['Blackwood', 'Anna']] as const;
  return {
    attending: names.map(([family, given]) => practitioner(family, given, 'MD', 'Doctor of Medicine')),
    resident: practitioner('Petrov', 'Ilya', 'MD', 'Resident physician'),
    hospital: { resourceType: 'Organization', id: random.id(), identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi(random) }], active: true, name: 'Harborview Coded Hospital' },
  };
}

// R4's vital signs profiles ask for the general code beside the particular one: http://hl7.org/fhir/R4/oxygensat.html
const also: Readonly<Record<string, readonly string[]>> = { '59408-5': ['2708-6'] };

/** A measurement or a result; `at` is when it was taken. */
export const observation = (random: Random, who: Person, encounter: string, at: string, loinc: string, value: number, unit: string, category: 'laboratory' | 'vital-signs'): JsonObject => ({
  resourceType: 'Observation', id: random.id(), status: 'final', category: [coded(systems.category, category)], code: { coding: [...(also[loinc] ?? []), loinc].map((code) => ({ system: systems.loinc, code })).reverse() },
  subject: refer('Patient', who.id), encounter: refer('Encounter', encounter), effectiveDateTime: at, issued: later(at, category === 'laboratory' ? 2 : 0.1),
  valueQuantity: { value, unit, system: systems.ucum, code: unit } });

export function pressure(random: Random, who: Person, encounter: string, at: string, systolic: number, diastolic: number): JsonObject {
  const part = (loinc: string, value: number): JsonObject => ({ code: coded(systems.loinc, loinc), valueQuantity: { value, unit: 'mmHg', system: systems.ucum, code: 'mm[Hg]' } });
  return { resourceType: 'Observation', id: random.id(), status: 'final', category: [coded(systems.category, 'vital-signs')], code: coded(systems.loinc, '85354-9'), subject: refer('Patient', who.id),
    encounter: refer('Encounter', encounter), effectiveDateTime: at, issued: later(at, 0.1), component: [part('8480-6', systolic), part('8462-4', diastolic)] };
}

export function vitals(random: Random, who: Person, encounter: string, at: string, body: { readonly cm: number; readonly kg: number }, systolic: number, pulse = 62 + random.below(30)): JsonObject[] {
  const one = (loinc: string, value: number, unit: string) => observation(random, who, encounter, at, loinc, value, unit, 'vital-signs');
  return [
    pressure(random, who, encounter, at, systolic, 62 + random.below(20)), one('8867-4', pulse, '/min'), one('9279-1', 13 + random.below(6), '/min'),
    one('8302-2', body.cm, 'cm'), one('29463-7', body.kg, 'kg'), one('39156-5', Math.round((body.kg / (body.cm / 100) ** 2) * 10) / 10, 'kg/m2'),
  ];
}

const allergens = [
  { snomed: '91936005', display: 'Allergy to penicillin', category: 'medication', not: ['piperacillin', 'cephalexin', 'ceftriaxone'] },
  { snomed: '91935009', display: 'Allergy to peanut', category: 'food', not: [] },
  { snomed: '232350006', display: 'House dust mite allergy', category: 'environment', not: [] },
  { snomed: '300916003', display: 'Latex allergy', category: 'environment', not: [] },
] as const;

/** An allergy that none of the patient's drugs touches, or the statement that none is known. */
export function allergy(random: Random, who: Person, at: string, given: ReadonlySet<string>): JsonObject {
  const found = random.share() < 0.5 ? undefined : pick(random, allergens);
  const chosen = found !== undefined && found.not.some((drug) => given.has(drug)) ? undefined : found;
  return {
    resourceType: 'AllergyIntolerance', id: random.id(), clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
    verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed'), ...(chosen !== undefined && { type: 'allergy', category: [chosen.category] }),
    code: chosen === undefined ? concept(systems.snomed, '716186003', 'No known allergy') : concept(systems.snomed, chosen.snomed, chosen.display), patient: refer('Patient', who.id), recordedDate: at };
}

export function immunization(random: Random, who: Person, at: string): JsonObject {
  const [cvx, display] = pick(random, [['140', 'Influenza, split virus, trivalent, PF'], ['207', 'COVID-19, mRNA, LNP-S, PF, 100 mcg/0.5mL dose or 50 mcg/0.25mL dose'], ['115', 'Tdap'], ['187', 'zoster recombinant']] as const);
  return { resourceType: 'Immunization', id: random.id(), status: 'completed', vaccineCode: concept(systems.cvx, cvx, display), patient: refer('Patient', who.id), occurrenceDateTime: at, recorded: at, primarySource: true };
}

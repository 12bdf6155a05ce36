import { at, isObject, listAt, numberOf, textAt, type Json, type JsonObject } from '../json-exact.ts';

/** Where defects take hold of a resource. */
export function part(of: Json | undefined, ...path: (string | number)[]): JsonObject | undefined {
  const found = at(of, ...path);
  return isObject(found) ? found : undefined;
}

export const systems = {
  loinc: 'http://loinc.org', snomed: 'http://snomed.info/sct', ucum: 'http://unitsofmeasure.org', icd: 'http://hl7.org/fhir/sid/icd-10-cm', pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm', cvx: 'http://hl7.org/fhir/sid/cvx', cpt: 'http://www.ama-assn.org/go/cpt', npi: 'http://hl7.org/fhir/sid/us-npi', ssn: 'http://hl7.org/fhir/sid/us-ssn', local: 'http://hospital.example/local',
} as const;

/** The coding of a system in a concept. */
export const codingIn = (concept: Json | undefined, system: string): JsonObject | undefined =>
  listAt(concept, 'coding').filter(isObject).find((coding) => coding['system'] === system);

export const hasLoinc = (observation: Json | undefined, ...codes: readonly string[]): boolean => codes.includes(textAt(codingIn(at(observation, 'code'), systems.loinc), 'code') ?? '');
/** A value and its UCUM unit, written over what is there. */
export function measure(holder: JsonObject, value: number, unit: string): void {
  holder['valueQuantity'] = { value, unit, system: systems.ucum, code: unit };
}
export const valueOf = (observation: Json | undefined): number => numberOf(at(observation, 'valueQuantity', 'value'));
/** The component with a LOINC code. */
export const componentOf = (observation: Json | undefined, code: string): JsonObject | undefined => listAt(observation, 'component').filter(isObject).find((one) => hasLoinc(one, code));
export const isCategory = (resource: JsonObject, code: string): boolean => listAt(resource, 'category').some((one) => listAt(one, 'coding').some((coding) => textAt(coding, 'code') === code));

const day = 86_400_000;
/** A date or time, so many days on, as precise as it was; in UTC where it has a time. */
export function daysOn(text: string, days: number): string {
  const moved = new Date(Date.parse(text) + days * day).toISOString();
  return text.length <= 10 ? moved.slice(0, text.length) : moved.replace('.000Z', 'Z');
}
export const minutesOn = (text: string, minutes: number): string => daysOn(text, minutes / 1440);
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / day;

/** Takes the value out, whatever its type. */
export function withoutValue(holder: JsonObject): void {
  for (const name of Object.keys(holder)) if (/^value[A-Z]/.test(name)) delete holder[name];
}
/** A concept of one coding. */
export const coded = (system: string, code: string, display?: string): JsonObject => ({ coding: [{ system, code, ...(display !== undefined && { display }) }] });
export { at, copyOf, isObject, listAt, numberOf, textAt, type Json, type JsonObject } from '../json-exact.ts';

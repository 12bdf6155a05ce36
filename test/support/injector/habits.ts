import { isObject, type Json, type JsonObject } from '../../../sandbox/json-exact.ts';

const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const shown: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', '/min': 'bpm', Cel: 'degrees C', '[degF]': 'F', kg: 'kilograms', cm: 'centimeters', 'kg/m2': 'kg per square meter' };

/** The same facts as another system writes them: other ids, UTC, local codes first, displays absent or in capitals, moments as periods, units in words. */
export function inOtherHabits(resource: JsonObject): JsonObject {
  const made = rewritten(resource, String(resource['resourceType'])) as JsonObject;
  made['meta'] = { ...(isObject(resource['meta']) ? resource['meta'] : {}), source: 'urn:other-ehr', versionId: '1', lastUpdated: '2026-11-01T00:00:00Z' };
  if (made['resourceType'] === 'Observation' && typeof made['effectiveDateTime'] === 'string' && /[0-7]$/.test(String(made['id']))) {
    made['effectivePeriod'] = { start: made['effectiveDateTime'], end: made['effectiveDateTime'] };
    delete made['effectiveDateTime'];
  }
  if (made['resourceType'] === 'Encounter' && isObject(made['class']) && made['class']['code'] === 'IMP') made['class'] = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ACUTE' };
  return made;
}

function rewritten(value: Json, name: string): Json {
  if (Array.isArray(value)) return name === 'coding' ? [{ system: 'http://other-ehr.example/codes', code: `L-${value.map((one) => (isObject(one) ? String(one['code']) : '')).join('-')}`, display: 'Local' }, ...value.map(codingOf)] : value.map((one) => rewritten(one, name));
  if (typeof value === 'string') return name === 'id' ? `o-${value}` : name === 'reference' ? value.replace(/^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]+)$/, '$1/o-$2') : times.test(value) ? new Date(value).toISOString().replace('.000Z', 'Z') : value;
  if (!isObject(value)) return value;
  const made = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'contained' ? inner : rewritten(inner, key)]));
  const unit = shown[String(made['code'])];
  if (made['system'] === 'http://unitsofmeasure.org' && unit !== undefined) made['unit'] = unit;
  if (name === 'name' && typeof made['family'] === 'string') made['family'] = made['family'].toUpperCase();
  // What stands inside is referenced by its own id.
  if (value['contained'] !== undefined) made['contained'] = value['contained'];
  return made;
}

function codingOf(coding: Json): Json {
  if (!isObject(coding)) return coding;
  const { display, ...bare } = coding;
  // Where the system is for claims, the words are kept: a coder reads them.
  return typeof display !== 'string' || /icd-10|ICD10|loinc/.test(String(coding['system'])) ? coding : String(coding['code']).length % 2 === 0 ? bare : { ...bare, display: display.toUpperCase() };
}

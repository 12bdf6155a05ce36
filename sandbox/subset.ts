import { isObject, listAt, parseExact, writeExact, type JsonObject } from './json-exact.ts';

/** What R4 requires of the sample's types: a part must still be a resource. */
const always = ['resourceType', 'id', 'meta', 'status', 'intent', 'code', 'subject', 'patient', 'class', 'type', 'use', 'content', 'target', 'recorded', 'agent'];
const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** A resource with the elements asked for and those that it must have, tagged SUBSETTED (http://hl7.org/fhir/R4/search.html#elements); as it is where none are asked for. */
export function subset(bytes: Buffer, elements: readonly string[]): Buffer {
  const whole = elements.length === 0 ? undefined : parseExact(bytes.toString());
  if (!isObject(whole)) return bytes;
  const type = String(whole['resourceType']);
  const wanted = elements.flatMap((element) => {
    const [first = '', second] = element.split('.');
    return second === undefined ? [first] : first === type ? [second] : [];
  });
  if (wanted.length === 0) return bytes;
  const part: JsonObject = Object.fromEntries(Object.entries(whole).filter(([name]) => always.includes(name) || wanted.includes(name.replace(/^_/, ''))));
  const meta = isObject(whole['meta']) ? whole['meta'] : {};
  return writeExact({ ...part, meta: { ...meta, tag: [...listAt(meta, 'tag'), subsetted] } });
}

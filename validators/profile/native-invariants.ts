import type { InvariantTest } from './fhirpath-invariants.ts';
import { isObject } from './run.ts';
import { containerOf } from './reference.ts';

/** The hottest expressions of R4 core by hand; test/native-invariants.test.ts compares each with the compiled expression. */
const table: readonly (readonly [string, InvariantTest])[] = [
  ["extension.exists() != value.exists()", (v) => {
    if (!isObject(v)) return true;
    let value = false;
    for (const key in v) if ((key.startsWith('value') && v[key] !== null && !Array.isArray(v[key])) || key.startsWith('_value')) { value = true; break; }
    return (v['extension'] !== undefined) !== value;
  }],
  ["reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))", (v, c) => {
    if (!isObject(v)) return true;
    const { reference } = v;
    if (typeof reference !== 'string' || reference.charCodeAt(0) !== 35) return true;
    if (reference === '#') return true;
    const contained = containerOf(c.holder)['contained'];
    return Array.isArray(contained) && contained.some((r) => isObject(r) && r['id'] === reference.slice(1));
  }],
  ['contained.contained.empty()', (v) => !isObject(v) || !Array.isArray(v['contained']) || v['contained'].every((c) => !isObject(c) || c['contained'] === undefined)],
  ['contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()', (v) => !isObject(v) || !Array.isArray(v['contained'])
    || v['contained'].every((c) => !isObject(c) || !isObject(c['meta']) || (c['meta']['versionId'] === undefined && c['meta']['lastUpdated'] === undefined))],
  ['contained.meta.security.empty()', (v) => !isObject(v) || !Array.isArray(v['contained']) || v['contained'].every((c) => !isObject(c) || !isObject(c['meta']) || c['meta']['security'] === undefined)],
  // Errata of R4: a name may be absent, and two conditions are more than one (both corrected in R4B).
  ["name.matches('[A-Z]([A-Za-z0-9_]){0,254}')", (v) => !isObject(v) || typeof v['name'] !== 'string' || /^[A-Z]([A-Za-z0-9_]){0,254}$/.test(v['name'])],
  // Two more: matches() finds a pattern anywhere, and these are meant for the whole path (R5 has ^ and $).
  [String.raw`path.matches('[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\.[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\[x\\])?(\\:[^\\s\\.]+)?)*')`,
    (v) => !isObject(v) || typeof v['path'] !== 'string' || /^[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\.[^\s.,:;'"/|?!@#$%&*()[\]{}]{1,64}(\[x\])?(:[^\s.]+)?)*$/.test(v['path'])],
  [String.raw`path.matches('[A-Za-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*(\\[x])?)*')`, (v) => !isObject(v) || typeof v['path'] !== 'string' || /^[A-Za-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*(\[x\])?)*$/.test(v['path'])],
  ['enableWhen.count() > 2 implies enableBehavior.exists()', (v) => !isObject(v) || !Array.isArray(v['enableWhen']) || v['enableWhen'].length < 2 || v['enableBehavior'] !== undefined],
  // Erratum of R4, corrected in R5: what a resource holds may be told as well (opd-3).
  ["targetProfile.exists() implies (type = 'Reference' or type = 'canonical')", (v, c) => !isObject(v) || v['targetProfile'] === undefined || v['type'] === 'Reference' || v['type'] === 'canonical'
    || (typeof v['type'] === 'string' && c.program.catalog.isResource(v['type']))],
  ['text.`div`.exists()', (v) => isObject(v) && isObject(v['text']) && v['text']['div'] !== undefined],
];

export const nativeInvariants: ReadonlyMap<string, InvariantTest> = new Map(table);

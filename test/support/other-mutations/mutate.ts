/** Ways to break a resource's form that ../shared/conformance/hl7-oracle does not have: each changes it in one place, or finds no place for it. */
export type Json = { [key: string]: unknown };
/** A number from 0 to 1. */
type Random = () => number;
type Node = { readonly value: unknown; readonly parent: Json; readonly key: string };
export type Mutation = (resource: Json, random: Random) => boolean;

export const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const nodesOf = (value: unknown, out: Node[] = []): Node[] => {
  if (typeof value !== 'object' || value === null) return out;
  for (const key of Object.keys(value)) {
    const parent = value as Json;
    out.push({ value: parent[key], parent, key });
    nodesOf(parent[key], out);
  }
  return out;
};

/** Changes one of the nodes that `is` lets pass. */
const one = (is: (node: Node) => boolean, change: (node: Node, random: Random) => void): Mutation => (resource, random) => {
  const node = pick(random, nodesOf(resource).filter((n) => n.key !== 'resourceType' && is(n)));
  if (node) change(node, random);
  return node !== undefined;
};
const replace = (is: (node: Node) => boolean, by: (value: never, random: Random) => unknown): Mutation => one(is, (n, random) => { n.parent[n.key] = by(n.value as never, random); });
const set = (key: string, ...values: unknown[]): Mutation => (resource, random) => { resource[key] = pick(random, values); return true; };
const more = (key: string, ...values: unknown[]): Mutation => (resource, random) => { resource[key] = [...(Array.isArray(resource[key]) ? resource[key] : []), pick(random, values)]; return true; };

const text = ({ value }: Node): boolean => typeof value === 'string';
const number = ({ value }: Node): boolean => typeof value === 'number';
const object = ({ value }: Node): boolean => isObject(value);
const list = ({ value }: Node): boolean => Array.isArray(value);
const inObject = ({ parent }: Node): boolean => !Array.isArray(parent);
const date = ({ value }: Node): boolean => typeof value === 'string' && /^\d{4}-\d\d/.test(value);
const time = (n: Node): boolean => date(n) && (n.value as string).length > 19;
const coding = ({ value }: Node): boolean => isObject(value) && typeof value['code'] === 'string' && typeof value['system'] === 'string';
const choices = /^(value|effective|onset|performed|medication|occurrence|serviced|deceased|multipleBirth|timing|abatement)(?=[A-Z])/;
const choice = (n: Node): boolean => inObject(n) && choices.test(n.key);
const stem = (key: string): string => choices.exec(key)![0];
const xhtml = 'xmlns="http://www.w3.org/1999/xhtml"';
const dataAbsent = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };

export const mutations: Readonly<Record<string, Mutation>> = {
  'a list of one becomes its item': replace((n) => list(n) && (n.value as unknown[]).length === 1 && isObject((n.value as unknown[])[0]), (v: unknown[]) => v[0]),
  'an object becomes a list': replace((n) => object(n) && inObject(n), (v: unknown) => [v]),
  'a text becomes a number': replace(text, () => 17),
  'a number becomes a text': replace(number, (v: number) => String(v)),
  'a boolean becomes a text': replace(({ value }) => typeof value === 'boolean', (v: boolean) => String(v)),
  'a text becomes an object': replace((n) => text(n) && inObject(n), (v: string) => ({ value: v })),
  'an object becomes a text': replace(object, () => 'text'),
  'null': replace(() => true, () => null),
  'an empty text': replace(text, () => ''),
  'an empty object': replace(object, () => ({})),
  'an empty list': replace(list, () => []),
  'an element is gone': one(inObject, (n) => { delete n.parent[n.key]; }),
  'an unknown property': one(object, (n, random) => { (n.value as Json)[pick(random, ['foo', 'Value', 'codes', 'valueFoo', '_foo', 'refrence'])!] = 'x'; }),
  'a misspelt property': one(inObject, (n) => { n.parent[`${n.key}x`] = n.value; delete n.parent[n.key]; }),
  'a date with slashes': replace(date, (v: string) => v.replaceAll('-', '/')),
  'a 13th month': replace(date, (v: string) => v.replace(/^(\d{4})-\d\d/, '$1-13')),
  'a 30th of February': replace((n) => date(n) && (n.value as string).length >= 10, (v: string) => v.replace(/^(\d{4})-\d\d-\d\d/, '$1-02-30')),
  'a time without zone': replace(time, (v: string) => v.slice(0, 19)),
  'hour 24': replace(time, (v: string) => v.replace(/T\d\d/, 'T24')),
  'a shorter date': replace(date, (v: string, random) => v.slice(0, pick(random, [4, 7, 10]))),
  'a date with a blank': replace(date, (v: string) => (v.includes('T') ? v.replace('T', ' ') : `${v} `)),
  'an odd year': replace(date, (v: string, random) => pick(random, ['0001', '1752', '2301', '19'])! + v.slice(4)),
  'blanks around or within': replace(text, (v: string, random) => pick(random, [` ${v}`, `${v} `, v.replace(/(.)/, '$1  ')])),
  'a control character': replace(text, (v: string, random) => v + pick(random, ['\u0001', '\t', '\n', '\u00a0'])!),
  'capitals': replace((n) => text(n) && /^(code|status|use|gender|intent|type|kind|system|outcome|mode)$/.test(n.key), (v: string) => v.toUpperCase()),
  'another status': replace((n) => text(n) && /^(status|use|gender|intent)$/.test(n.key), (_v, random) => pick(random, ['final', 'active', 'unknown', 'official', 'completed', 'order', 'bogus'])),
  'another form of reference': replace((n) => text(n) && n.key === 'reference', (_v, random) => pick(random, ['Patient', 'patient/1', 'Patient/', '#nope', 'http://x y/Patient/1', 'urn:uuid:zz', 'Foo/1', 'Patient/1/2', 'Patient/a_b', '', 'urn:oid:1.2.x', 'http://server/fhir/Patient/1'])),
  'an odd extension': more('extension', { url: 'http://example.org/x', valueString: 'a', extension: [{ url: 'b', valueString: 'c' }] }, { url: 'http://example.org/x' }, { valueString: 'a' }, { url: 'http://example.org/x', valueString: 'a', valueCode: 'b' },
    { url: 'relative', valueString: 'a' }, { ...dataAbsent, valueCode: 'nonsense' }, { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueString: 'x' }, dataAbsent, { url: 'http://example.org/x', valueFoo: 'a' }),
  'a modifier extension': set('modifierExtension', [{ url: 'http://example.org/m', valueBoolean: true }], [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueBoolean: true }]),
  'a sibling beside a value': one((n) => text(n) && inObject(n) && n.key !== 'div', (n, random) => { n.parent[`_${n.key}`] = pick(random, [{}, { id: 'x y' }, { id: 'ok' }, null, [], 'x', { extension: [{ url: 'http://example.org/x', valueString: 'a' }] }, { foo: 1 }, { extension: [] }]); }),
  'only a sibling': one((n) => text(n) && inObject(n), (n) => { n.parent[`_${n.key}`] = { extension: [dataAbsent] }; delete n.parent[n.key]; }),
  'an odd contained resource': more('contained', { resourceType: 'Patient', id: 'q1' }, { resourceType: 'Foo', id: 'q1' }, { id: 'q1' }, { resourceType: 'Patient' }, { resourceType: 'Patient', id: 'q1', contained: [{ resourceType: 'Patient', id: 'q2' }] }, { resourceType: 'Patient', id: 'q1', meta: { versionId: '1' } }, 'x'),
  'an odd narrative': set('text', ...[`<div ${xhtml}><script>x</script></div>`, '<div>no ns</div>', `<p ${xhtml}>x</p>`, `<div ${xhtml}> </div>`, `<div ${xhtml}><p>x</div>`, `<div ${xhtml}><a onclick="x">x</a></div>`, `<div ${xhtml}>&nbsp;&foo;</div>`, 'plain', `<div ${xhtml}><table><tr><td>1</td></tr></table></div>`]
    .map((div) => ({ status: 'generated', div })), { status: 'generated' }, { div: `<div ${xhtml}>x</div>` }, { status: 'nope', div: `<div ${xhtml}>x</div>` }),
  'two of a choice': one(choice, (n, random) => { n.parent[stem(n.key) + pick(random, ['String', 'Period', 'DateTime', 'Boolean'])!] ??= pick(random, ['2020-01-01', true, 'x']); }),
  'another of a choice': one(choice, (n, random) => { const [type, value] = pick(random, [['String', 'x'], ['Integer', 3], ['Period', { start: '2020-01-01' }], ['Address', { city: 'x' }], ['Boolean', true]] as const)!; delete n.parent[n.key]; n.parent[stem(n.key) + type] = value; }),
  'a period that ends before it begins': one(({ value }) => isObject(value) && typeof value['start'] === 'string' && typeof value['end'] === 'string', (n) => { (n.value as Json)['end'] = '1890-01-01'; }),
  'an odd quantity': one(({ value }) => isObject(value) && typeof value['value'] === 'number', (n, random) => { Object.assign(n.value as Json, pick(random, [{ comparator: '~' }, { value: -1 }, { value: 1e30 }, { system: 'http://unitsofmeasure.org', code: pick(random, ['mgs', 'MG/DL', '{foo}', 'kg.m/s2', 'ml']) }, { system: undefined }, { code: undefined }, { unit: undefined }])); }),
  'an odd coding': one(coding, (n, random) => { Object.assign(n.value as Json, pick(random, [{ system: undefined }, { code: undefined }, { code: 'zzz-none' }, { system: 'http://example.org/none' }, { display: 'Quite another' }, { system: `${(n.value as { system: string }).system}/` }])); }),
  'another profile': (resource, random) => { resource['meta'] = { ...(isObject(resource['meta']) ? resource['meta'] : {}), profile: [pick(random, ['http://hl7.org/fhir/StructureDefinition/Patient', 'http://example.org/fhir/StructureDefinition/none', 'http://hl7.org/fhir/StructureDefinition/vitalsigns', 'not a url', 'http://hl7.org/fhir/StructureDefinition/bodyweight', 'http://hl7.org/fhir/StructureDefinition/DomainResource'])] }; return true; },
  'odd meta': (resource, random) => { resource['meta'] = { ...(isObject(resource['meta']) ? resource['meta'] : {}), ...pick(random, [{ lastUpdated: '2020' }, { versionId: 'a b' }, { tag: {} }, { security: [{}] }, { source: 'a b' }, { tag: [{ system: 'x', code: 'y' }] }, { foo: 1 }]) }; return true; },
  'an element id twice': (resource, random) => { const all = nodesOf(resource).filter(object); const [a, b] = [pick(random, all), pick(random, all)]; if (a) (a.value as Json)['id'] = 'same'; if (b) (b.value as Json)['id'] = 'same'; return a !== undefined; },
  'the first of a list twice': one((n) => list(n) && (n.value as unknown[]).length > 0, (n) => { (n.value as unknown[]).push(structuredClone((n.value as unknown[])[0])); }),
  'an odd identifier': more('identifier', { system: 'x', value: 'y' }, { use: 'best', value: 'y' }, { system: 'urn:ietf:rfc:3986', value: 'plain' }, { system: 'http://a', value: '' }, { type: {} }, { period: { start: '2020', end: '2019' } }, { value: 5 }, { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:xyz' }),
  'another number': replace(number, (_v, random) => pick(random, [2_147_483_648, -5, 1.5, 0, 1e300, 99_999_999_999])),
  'another resource type': set('resourceType', 'Foo', 'patient', 'DomainResource', 'Resource', 'Basic', 'Binary', 'Encounter', ''),
  'an odd id': set('id', 'a_b', 'x'.repeat(65), 'a b', '', 'é', 5),
  'an odd language': set('language', 'english', 'en-US', 'xx', 'en_US', ''),
  'implicit rules': set('implicitRules', 'http://example.org/rules', 'a b'),
};

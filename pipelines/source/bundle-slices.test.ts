import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleSlices } from './bundle-slices.ts';

const slices = (text: string): (string | undefined)[] | undefined =>
  bundleSlices(Buffer.from(text))?.entries.map(({ resource }) => resource?.toString());
const bundle = (entries: string): string => `{"resourceType":"Bundle","entry":[${entries}]}`;

describe('a resource is the exact slice of the Bundle (contract 3)', () => {
  test.each<[string, string, (string | undefined)[]]>([
    ['decimals and spaces stay', bundle('{ "resource" :\n { "resourceType" : "Observation", "value": 1.10e0 } , "search":{"mode":"match"}}'), ['{ "resourceType" : "Observation", "value": 1.10e0 }']],
    ['brackets, quotes and names within strings are text', bundle(String.raw`{"resource":{"a":"}]\"{\\","resource":"x"}}`), [String.raw`{"a":"}]\"{\\","resource":"x"}`]],
    ['a resource within a resource is not taken', bundle('{"resource":{"resourceType":"Bundle","entry":[{"resource":{"id":"inner"}}]}}'), ['{"resourceType":"Bundle","entry":[{"resource":{"id":"inner"}}]}']],
    ['names written with escapes', bundle(String.raw`{"\u0072esource":{"id":"a"}}`), ['{"id":"a"}']],
    ['of two members of one name the last, as JSON.parse takes it', bundle('{"resource":{"id":"a"},"resource":{"id":"b"}}'), ['{"id":"b"}']],
    ['text of more than one byte a character', bundle('{"fullUrl":"é€😀","resource":{"t":"é€😀"}}'), ['{"t":"é€😀"}']],
    ['an entry without resource', bundle('{"request":{"method":"DELETE"}},{"resource":{"id":"a"}}'), [undefined, '{"id":"a"}']],
    ['a resource that is none', bundle('{"resource":null},{"resource":"x"},{"resource":[{}]}'), [undefined, undefined, undefined]],
    ['what is no entry keeps no place', bundle('null,1,{"resource":{"id":"a"}},"x"'), ['{"id":"a"}']],
    ['entry before resourceType, scalars between', '{"entry":[{"resource":{"id":"a"}}],"total":-1.5e3,"x":true,"resourceType":"Bundle"}', ['{"id":"a"}']],
    ['no entries', '{"resourceType":"Bundle"}', []],
    ['an empty list', bundle(''), []],
  ])('%s', (_what, text, expected) => expect(slices(text)).toEqual(expected));

  test.each(['', 'null', '[]', '{', '{"resourceType":"Patient"}', '<html/>'])('no Bundle: %j', (text) => expect(slices(text)).toBeUndefined());

  test('whatever the JSON and its white space: the slice parses to the entry’s resource, and stands in the bytes', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    const entry = fc.record({ fullUrl: fc.string(), resource: object, search: object }, { requiredKeys: [] });
    fc.assert(fc.property(fc.array(entry), fc.constantFrom(undefined, 1, '\t'), object, (entries, space, other) => {
      const { entry: _entry, resourceType: _type, ...rest } = other;
      const text = JSON.stringify({ ...rest, entry: entries, resourceType: 'Bundle' }, null, space);
      const found = slices(text);
      expect(found?.map((slice) => (slice === undefined ? undefined : JSON.parse(slice) as unknown)))
        .toEqual((JSON.parse(text) as { entry: { resource?: unknown }[] }).entry.map(({ resource }) => resource));
      for (const slice of found ?? []) if (slice !== undefined) expect(text).toContain(slice);
    }));
  });
});

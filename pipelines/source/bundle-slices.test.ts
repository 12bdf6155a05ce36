import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleSlices } from './bundle-slices.ts';

const slices = (text: string) => bundleSlices(Buffer.from(text))?.entries.map(({ resource }) => resource?.toString());

describe('the exact bytes of entry.resource', () => {
  test.each<[string, string, (string | undefined)[]]>([
    ['decimals and white space as they are', '{"resourceType":"Bundle","entry":[ {"resource" : {"x": 1.50 , "y":1e2} , "fullUrl":"u"} ]}', ['{"x": 1.50 , "y":1e2}']],
    ['brackets and quotes in strings', '{"resourceType":"Bundle","entry":[{"resource":{"x":"}]{\\"[\\\\"}}]}', ['{"x":"}]{\\"[\\\\"}']],
    ['a contained resource and another Bundle inside', '{"resourceType":"Bundle","entry":[{"resource":{"contained":[{"resource":{"a":1}}],"entry":[{"resource":{}}]}}]}',
      ['{"contained":[{"resource":{"a":1}}],"entry":[{"resource":{}}]}']],
    ['an escaped name', '{"resourceType":"Bundle","\\u0065ntry":[{"resourc\\u0065":{"a":1}}]}', ['{"a":1}']],
    ['the last of two members, as JSON.parse has it', '{"resourceType":"Bundle","entry":[{"resource":{"a":1},"resource":{"b":2}}]}', ['{"b":2}']],
    ['an entry without resource', '{"resourceType":"Bundle","entry":[{"request":{"method":"DELETE"}},{"resource":{"a":1}}]}', [undefined, '{"a":1}']],
    ['no entries', '{"resourceType":"Bundle","total":0}', []],
    ['members before and behind', '{"total":1,"link":[{"url":"x"}],"entry":[{"resource":{"a":[1,2]}}],"resourceType":"Bundle"}', ['{"a":[1,2]}']],
  ])('%s', (_what, text, expected) => {
    expect(slices(text)).toEqual(expected);
  });

  test('whatever the resources are and however they are written', () => {
    const space = fc.constantFrom('', ' ', '\n', '\t  ');
    fc.assert(fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), space, fc.constantFrom(0, 2), (resources, gap, indent) => {
      const texts = resources.map((resource) => JSON.stringify(resource, undefined, indent));
      const bundle = `${gap}{${gap}"entry"${gap}:${gap}[${texts.map((text) => `{"fullUrl":"x"${gap},"resource"${gap}:${gap}${text}${gap}}`).join(',')}${gap}]${gap},"resourceType":"Bundle"}`;
      expect(slices(bundle)).toEqual(texts);
    }));
  });
});

test.each(['', '[]', '{"resourceType":"Patient"}', '{"resourceType":"Bundle"', '<html>'])('%s is no Bundle', (text) => {
  expect(bundleSlices(Buffer.from(text))).toBeUndefined();
});

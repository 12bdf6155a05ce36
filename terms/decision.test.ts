import { expect, test } from 'vitest';
import disposition from '../fhir-profiles/own/CodeSystem-disposition.json' with { type: 'json' };
import rootCause from '../fhir-profiles/own/CodeSystem-root-cause.json' with { type: 'json' };
import validity from '../fhir-profiles/own/CodeSystem-validity.json' with { type: 'json' };
import { choices, rootCauses, validities } from './decision.ts';

const codes = (system: { concept: readonly { code: string }[] }): string[] => system.concept.map(({ code }) => code);

test('the code systems have the codes that the code has, in its order', () => {
  expect(codes(validity)).toEqual([...validities]);
  expect(codes(rootCause)).toEqual([...rootCauses]);
  expect(codes(disposition)).toEqual([...choices, 'superseded', 'cleared']);
});

import { expect, test } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createTerminology } from './terminology.ts';

const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
const terminology = createTerminology(await loadPackages());

test('the label of AI content is a code, though R4’s copy of its system is older', () => {
  expect(terminology.codeSystem(system)?.content).toBe('complete');
  expect(terminology.code(system, 'AIAST')).toBe('valid');
  expect(terminology.displays(system, 'AIAST')).toEqual([{ text: 'Artificial Intelligence asserted', language: undefined }]);
});

test('a code that nobody ever added stays wrong, and the row counts for its own system alone', () => {
  expect(terminology.code(system, 'AIASTX')).toBe('invalid');
  expect(terminology.code('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AIAST')).toBe('invalid');
});

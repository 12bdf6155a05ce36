import { expect, it } from 'vitest';
import { misfits } from './fixed-value.ts';

const coding = { system: 'http://a.example', code: 'a' };
it.each([
  ['a member that differs', { reference: 'Patient/1' }, { reference: 'Patient/2' }, ['.reference']],
  ['a member that is absent', { display: 'x' }, { reference: 'Patient/2' }, ['.reference']],
  ['two members', { start: '2020', end: '2021' }, { start: '2019', end: '2022' }, ['.start', '.end']],
  ['a member of a member', { identifier: { system: 'a' } }, { identifier: { system: 'b' } }, ['.identifier.system']],
  ['a list: its holder', { coding: [] }, { coding: [coding] }, ['']],
  ['a list of a member', { type: { coding: [{ code: 'b' }] } }, { type: { coding: [coding] } }, ['.type']],
  ['beside a list that fits', { coding: [coding], text: 'b' }, { coding: [coding], text: 'a' }, ['.text']],
  ['a value of another kind', 'x', { text: 'a' }, ['']],
] as const)('a pattern is missed in %s', (_name, value, pattern, expected) => { expect(misfits(value, pattern)).toEqual(expected); });

import { expect, test } from 'vitest';
import { likeness } from './likeness.ts';

test.for([
  ['Müller', 'MULLER', 'same'], ['617-555-0101', '(617) 555 0101', 'same'],
  ['Grabowski', 'Grbaowski', 'near'], ['Grabowski', 'Grabowsky', 'near'], ['Meier', 'Meyer', 'near'], ['Anna', 'Annah', 'near'], ['1980-03-04', '1980-04-03', 'near'], ['1980-03-14', '1980-03-15', 'near'],
  ['Grabowski', 'Iwasaki', 'apart'], ['Ann', 'Ian', 'apart'], ['1980-03-04', '1949-09-27', 'apart'], ['Weiss', 'Weissmann', 'apart'], ['abcd', 'badc', 'apart'],
] as const)('%s and %s: %s', ([one, other, says]) => {
  expect([likeness(one, other), likeness(other, one)]).toEqual([says, says]);
});

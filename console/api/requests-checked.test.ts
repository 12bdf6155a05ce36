import { expect, test } from 'vitest';
import { asCallersSeeIt, validatorOf } from './requests-checked.ts';

const list = { type: 'object', properties: { of: { type: 'array', items: { type: 'string' } }, limit: { type: 'integer', default: 50 } }, required: ['of', 'limit'] };

test('in an address one text is a list of one, and what has a default is filled in', () => {
  const asked = { of: 'a' };
  expect(validatorOf({ schema: list, httpPart: 'querystring' })(asked)).toBe(true);
  expect(asked).toEqual({ of: ['a'], limit: 50 });
});

test.for([5e16, 'a', { 0: 'a' }, null])('in a body %j is no list', (of) => {
  expect(validatorOf({ schema: list, httpPart: 'body' })({ of })).toBe(false);
});

test('what has a default need not be sent, and the rest must be', () => {
  expect(asCallersSeeIt({ querystring: list, body: list })).toMatchObject({ querystring: { required: ['of'] }, body: { required: ['of'] } });
});

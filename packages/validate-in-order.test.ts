import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProfileValidator, type ProfileFinding, type ProfileValidator } from '../validators/profile/validator.ts';
import { definitionsFrom } from './definition-store.ts';
import { loadStores } from './load.ts';
import { validateInOrder } from './validate-in-order.ts';
import { startValidatorThreads, type ValidatorThreads } from './validator-threads.ts';

let validator: ProfileValidator;
let threads: ValidatorThreads;
beforeAll(async () => {
  const stores = await loadStores();
  validator = createProfileValidator({ packages: definitionsFrom(stores) });
  threads = startValidatorThreads(stores, 2);
}, 60_000);
afterAll(() => threads.close());

/** Patients right and wrong, what is no JSON, and texts longer than a batch and than what is validated alone. */
const items = Array.from({ length: 1500 }, (_, i) => ({ i, bytes: Buffer.from(
  i % 97 === 0 ? '{"resourceType":' : i % 50 === 3 ? '' : JSON.stringify({ resourceType: 'Patient', id: `p${i}`, gender: i % 3 === 0 ? 'male' : 'm', birthDate: i % 5 === 0 ? '2020-13-01' : '2020-01-01',
    name: [{ text: 'x'.repeat(i === 700 ? 1_200_000 : i % 400 === 0 ? 300_000 : 10) }], [i % 7 === 0 ? 'colour' : 'active']: true })) }));

const all = async (with_: ValidatorThreads | undefined): Promise<(readonly [number, readonly ProfileFinding[]])[]> => {
  const out: (readonly [number, readonly ProfileFinding[]])[] = [];
  for await (const [{ i }, findings] of validateInOrder(items, validator, with_)) out.push([i, findings]);
  return out;
};

it('gives the findings of one thread, in the order of what is given, whatever the threads do first', async () => {
  const [alone, together] = [await all(undefined), await all(threads)];
  expect(together.map(([i]) => i)).toEqual(items.map(({ i }) => i));
  expect(together).toEqual(alone);
  expect(new Set(alone.flatMap(([, findings]) => findings.map((f) => f.rule))).size).toBeGreaterThan(3);
}, 60_000);

it('passes options on', async () => {
  const [[found]] = await threads.validate([Buffer.from('{"resourceType":"Patient","gender":"male"}')], { profiles: ['http://hl7.org/fhir/StructureDefinition/nobody-has-this'] }) as [readonly ProfileFinding[]];
  expect(found?.rule).toBe('profile-unknown');
}, 60_000);

it('rejects what a thread had when it ended', async () => {
  const others = startValidatorThreads(await loadStores(), 1);
  const lost = others.validate([Buffer.from('{}')]);
  await others.close();
  await expect(lost).rejects.toThrow('ended');
}, 60_000);

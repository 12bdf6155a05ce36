import { validateInOrder } from '../../packages/validate-in-order.ts';
import { startValidatorThreads, type ValidatorThreads } from '../../packages/validator-threads.ts';
import type { Store } from '../../packages/definition-store.ts';
import type { ProfileValidator } from '../../validators/profile/validator.ts';
import { median, type Line } from './lines.ts';

/** Resources a second by the clock, one thread and two (this one and another), taking turns; findings in order. */
export const oneAndTwo = async (validator: ProfileValidator, stores: readonly Store[], lines: readonly Line[], passes: number): Promise<{ one: number; two: number; ratio: number }> => {
  const threads = startValidatorThreads(stores, 1);
  const pass = async (with_: ValidatorThreads | undefined): Promise<number> => {
    const began = performance.now();
    let n = 0;
    for await (const [, findings] of validateInOrder(lines, validator, with_)) n += findings.length;
    if (n === 0) throw new Error('nothing was found: nothing was checked');
    return performance.now() - began;
  };
  const took: { one: number[]; two: number[] } = { one: [], two: [] };
  for (let i = 0; i < passes + 2; i++) {
    const [one, two] = [await pass(undefined), await pass(threads)];
    if (i >= 2) { took.one.push(one); took.two.push(two); } // the other thread compiles in its first two
  }
  await threads.close();
  const rate = (ms: readonly number[]): number => Math.round(lines.length / median(ms) * 1000);
  return { one: rate(took.one), two: rate(took.two), ratio: median(took.one.map((one, i) => one / took.two[i]!)) };
};

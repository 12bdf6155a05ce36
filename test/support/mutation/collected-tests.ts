import assert from 'node:assert/strict';

// What rule tests ask of vitest, so that one process can run them thousands of times. The suite itself runs them with vitest.

type Test = { readonly name: string; readonly run: () => void };
let tests: Test[] = [];

/** The tests that modules declared since the last call. */
export function collected(): readonly Test[] {
  const own = tests;
  tests = [];
  return own;
}

export const describe = (_name: string, body: () => void): void => body();
export const test = Object.assign((name: string, run: () => void): void => { tests.push({ name, run }); }, {
  each: (rows: readonly unknown[]) => (name: string, run: (...row: never[]) => void): void => {
    for (const row of rows) tests.push({ name: `${name} ${String(Array.isArray(row) ? row[0] : row)}`, run: () => run(...(Array.isArray(row) ? row : [row]) as never[]) });
  },
});
export const it = test;

export function expect(actual: unknown) {
  const matchers = (is: (holds: boolean, message: string) => void) => ({
    toEqual: (wanted: unknown): void => is(same(actual, wanted), 'toEqual'), toStrictEqual: (wanted: unknown): void => is(same(actual, wanted), 'toStrictEqual'),
    toBe: (wanted: unknown): void => is(Object.is(actual, wanted), 'toBe'), toMatch: (wanted: RegExp): void => is(wanted.test(String(actual)), 'toMatch'),
    toContain: (wanted: unknown): void => is((actual as unknown[]).includes(wanted), 'toContain'), toHaveLength: (wanted: number): void => is((actual as unknown[]).length === wanted, 'toHaveLength'),
  });
  return { ...matchers((holds, message) => assert.ok(holds, message)), not: matchers((holds, message) => assert.ok(!holds, message)) };
}

function same(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(JSON.parse(JSON.stringify(one ?? null)), JSON.parse(JSON.stringify(other ?? null)));
    return true;
  } catch {
    return false;
  }
}

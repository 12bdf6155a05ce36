import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a full collection takes no compiled code of the validator with it', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, '--trace-deopt', join(import.meta.dirname, '../test/support/collected-while-checking.ts')], { encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(status, stderr).toBe(0);
  const lost = [...stdout.matchAll(/SharedFunctionInfo ?(\S*)>\) \(opt id \d+\) for deoptimization, reason: embedded weak objects cleared/g)].map(([, name]) => name);
  expect(stdout).toContain('for deoptimization, reason: '); // as V8 words it
  expect(lost.filter((name) => ['Run', 'Checker', 'add', 'bind', 'checkBody', 'checkCoding', 'checkReference', 'Scope', 'Node'].includes(name!))).toEqual([]);
});

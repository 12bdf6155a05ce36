import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import { recordDay } from '../support/console-day.ts';
import { testDatabase } from '../support/database.ts';
import { exceptionStage } from '../support/held-cases.ts';
import { requireForFile } from '../support/require.ts';
import { schemathesis } from '../support/schemathesis.ts';
import { makeScratch } from '../support/scratch.ts';
import { signedInApi, type SignedInApi } from '../support/sign-in.ts';

const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_schema_conformance', 'negative_data_rejection'];

if (requireForFile('python')) {
  const { db } = await testDatabase({ connections: 20 });
  const [program, scratch] = [await schemathesis(), await makeScratch('schemathesis')];
  let api: SignedInApi;
  beforeAll(async () => {
    await recordDay(db);
    const stage = exceptionStage(db);
    api = await signedInApi(db, {
      askCase: async (_exception, command) => {
        const answer = await stage.actOnCase(command);
        if ('refused' in answer) throw new AssayError(answer.refused as ErrorCode);
      },
    });
  });
  afterAll(async () => { await api.stop(); await scratch.remove(); });

  /** @param who whose session goes along; undefined: nobody's @returns what it printed, and whether all was in order */
  async function fuzz(who: string | undefined, what: readonly string[]): Promise<{ fine: boolean; said: string }> {
    const visitor = who === undefined ? undefined : await api.as(who);
    const cookie = [...visitor?.cookies ?? []].map(([name, value]) => `${name}=${value}`).join('; ');
    return promisify(execFile)(program, [
      'run', `${api.url}/openapi.json`, '--checks', checks.join(), ...what,
      // One worker: with two CPython 3.11 once mixed up how deep its threads were in ast.parse, and ended ("AST constructor recursion depth mismatch").
      '--seed', '20261126', '--no-shrink', '--workers', '1', '--continue-on-failure', '--warnings', 'off', '--generation-deterministic',
      // Signing out would end the walk; the identity provider's answer is no example's.
      '--exclude-path', '/auth/sign-out', '--exclude-path', '/auth/sign-in', '--exclude-path', '/auth/callback',
      ...(visitor === undefined ? [] : ['--header', `Cookie: ${cookie}`, '--header', `x-assay-page: ${visitor.page}`]),
    ], { cwd: scratch.path, maxBuffer: 64 * 2 ** 20, env: { ...process.env, NO_COLOR: '1', COLUMNS: '200' } })
      .then(({ stdout }) => ({ fine: true, said: stdout }), (error: { stdout?: string; stderr?: string }) => ({ fine: false, said: `${error.stdout}${error.stderr}` }));
  }

  const everything = ['--mode', 'all'], asDescribed = ['--mode', 'positive'];
  test.for([
    ['a governor, by chance', 'grace', [...everything, '--phases', 'examples,fuzzing', '--max-examples', '2', '--max-time', '10']],
    ['a governor, at the bounds of what is described', 'grace', [...everything, '--phases', 'coverage']],
    ['nobody who is signed in', undefined, [...asDescribed, '--phases', 'examples,coverage']],
  ] as const)('whatever is sent by %s: no 500, no answer that is not described', { timeout: 300_000 }, async ([, who, what]) => {
    const { fine, said } = await fuzz(who, what);
    if (!fine) console.log(said.slice(-20_000));
    console.log(/\d+ generated.*|Test cases:[\s\S]{0,200}/.exec(said)?.[0] ?? '');
    expect(fine).toBe(true);
  });
}

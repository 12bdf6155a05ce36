import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allVerbs } from './all-verbs.ts';
import { runCli } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function assay(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    out: (text) => { out += text; }, err: (text) => { err += text; },
    env: {}, cwd: folder, stop: new AbortController().signal,
  });
  return { code, out, err };
}

test('--help lists every verb, and every verb has its own', async () => {
  const help = await assay('--help');
  expect(help.code).toBe(0);
  for (const { name, summary } of allVerbs) {
    expect(help.out).toContain(name.split(' ')[0]);
    const own = await assay(...name.split(' '), '--help');
    expect(own).toMatchObject({ code: 0, err: '' });
    expect(own.out.replaceAll(/\s+/g, ' ')).toContain(summary);
    expect(own.out).toContain('--json');
  }
});

test('wrong use is 2, with how to find help', async () => {
  expect(await assay('frobnicate')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--help') as string });
  expect(await assay('config', 'check', '--no-such-option')).toMatchObject({ code: 2, out: '' });
});

test('a known error is a sentence and what to do, or JSON', async () => {
  const file = join(folder, 'wrong.json');
  writeFileSync(file, '{"feeds":[{"name":"f","purpose":"fun"}]}');
  const told = await assay('config', 'check', '--config', file);
  expect(told).toMatchObject({ code: 2, out: '' });
  expect(told.err).toMatch(/^The configuration is wrong\. \(feeds\[0\]\.purpose: must be one of .*\)\nRun `assay config check`.*\nASSAY_CONFIG_INVALID\n$/);
  const machine = await assay('config', 'check', '--json', '--config', file);
  expect(JSON.parse(machine.out)).toMatchObject({ error: { code: 'ASSAY_CONFIG_INVALID', detail: expect.stringContaining('feeds[0].purpose') as string } });
  expect(machine).toMatchObject({ code: 2, err: '' });
});

test('config check looks for what the sources name', async () => {
  const file = join(folder, 'files.json');
  writeFileSync(file, '{"sources":[{"name":"drop","kind":"files","folder":"absent"}]}');
  expect((await assay('config', 'check', '--config', file)).err).toContain('sources[0].folder: cannot be read');
  writeFileSync(file, '{"sources":[{"name":"drop","kind":"files","folder":"."}]}');
  expect(JSON.parse((await assay('config', 'check', '--json', '--config', file)).out)).toEqual({ file, sources: ['drop'], feeds: [] });
});

test('with --json wrong use is JSON too', async () => {
  const told = await assay('runs', '--json', '--no-such-option');
  expect(told.code).toBe(2);
  expect(JSON.parse(told.out)).toMatchObject({ error: { code: 'ASSAY_ARGUMENT_INVALID', detail: "unknown option '--no-such-option'" } });
});

test.for<[string[], string]>([
  [['run', '--source', 'bulk:ehr.example'], 'bulk: takes the EHR’s FHIR base'],
  [['run', '--source', 'search:http://x', '--group', 'g'], '--group is for bulk:'],
  [['run', '--source', 'bulk:http://x', '--client-id', 'us'], '--client-id and --private-key go together'],
  [['run', '--source', 'bulk:http://x', '--client-id', 'us', '--private-key', 'k', '--token-env', 'T'], '--token-env goes without'],
  [['run', '--source', 'hospital', '--token-env', 'T'], 'a named source has them in assay.config.json'],
  [['run', '--source', 'hospital', '--since', 'yesterday'], '--since is no ISO 8601 time'],
  [['run', '--source', 'hospital', '--types', 'patient'], '--types has a name that is no resource type'],
  [['runs', '--limit', 'all'], '--limit takes a number'],
  [['check', '.', '--format', 'xml'], '--format takes'],
])('%j is told before anything starts', async ([args, sentence]) => {
  const told = await assay(...args);
  expect(told).toMatchObject({ code: 2, out: '' });
  expect(told.err).toContain(sentence);
  expect(told.err).toContain('ASSAY_ARGUMENT_INVALID');
});

test.for<[string[]]>([[['check', 'none.json']], [['check', 'here.json', '--package', 'none.tgz']], [['check', 'here.json', '--out', 'none/out']], [['profiles', 'add', 'none.tgz']]])(
  '%j: a path that cannot be opened is 2', async ([args]) => {
    writeFileSync(join(folder, 'here.json'), '{"resourceType":"Patient"}');
    const told = await assay(...args.map((arg) => (arg.includes('.json') || arg.includes('none') ? join(folder, arg) : arg)));
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toMatch(/^(Adding .*\n)?A path cannot be opened\. /);
  });

test('check tells of best practice where it is asked to', async () => {
  writeFileSync(join(folder, 'plain.json'), '{"resourceType":"Patient","active":true}');
  const told = async (...options: string[]) => { const { code, err } = await assay('check', '--threads', '1', ...options, join(folder, 'plain.json')); return [code, /(\d+) warnings/.exec(err)?.[1]]; };
  expect([await told(), await told('--best-practice')]).toEqual([[0, '0'], [0, '1']]);
}, 60_000);

test('a check that is stopped ends soon, says that it did not see all, and is no success', async () => {
  const [file, out] = [join(folder, 'long.ndjson'), join(folder, 'long.txt')];
  writeFileSync(file, '{"resourceType":"Patient","active":true}\n'.repeat(3_000_000));
  const stop = new AbortController();
  let told = '';
  const ended = runCli(['check', '--json', '--format', 'text', '--out', out, file], { out: (text) => { told += text; }, err() {}, env: {}, cwd: folder, stop: stop.signal });
  const asked = setInterval(() => { if (existsSync(out)) stop.abort(); }, 20); // has its turn only where the check gives it one
  expect(await ended).toBe(1);
  clearInterval(asked);
  const { resources, stopped } = JSON.parse(told) as { resources: number; stopped: boolean };
  expect([stopped, resources < 2_000_000]).toEqual([true, true]);
}, 60_000);

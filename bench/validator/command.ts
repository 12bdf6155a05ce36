import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './lines.ts';

const assay = join(import.meta.dirname, '../../apps/assay.ts');
/** Said by the command itself when it ends: its greatest resident set, KiB (proc(5); getrusage would count this process's, from before exec). */
const tell = 'data:text/javascript,import fs from "node:fs";process.on("exit",()=>process.stderr.write(/VmHWM.*/.exec(fs.readFileSync("/proc/self/status","latin1"))[0]+"\\n"))';

/** `assay check` as a process of its own: seconds by the clock, peak memory in MB. */
const check = (args: readonly string[], folder: string): { seconds: number; megabytes: number } => {
  const began = performance.now();
  const { stderr, status, error } = spawnSync(process.execPath, [...process.execArgv, '--import', tell, assay, 'check', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') } });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`assay check ended with ${status}: ${error?.message ?? stderr}`);
  return { seconds, megabytes: Number(/VmHWM:\s*(\d+)/.exec(stderr)?.[1]) * 1024 / 1e6 };
};

/** A Bundle of about `size` bytes on one line: the given resources over and over. */
const bundle = (resources: readonly Buffer[], size: number): string => {
  const entries: string[] = [];
  for (let i = 0, n = 0; n < size; i++) {
    const resource = resources[i % resources.length]!.toString('utf8');
    entries.push(`{"fullUrl":"urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}","resource":${resource}}`);
    n += resource.length;
  }
  return `{"resourceType":"Bundle","type":"collection","entry":[${entries.join(',')}]}`;
};

const write = async (file: string, lines: Iterable<string>): Promise<void> => {
  const out = createWriteStream(file);
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
};

export type Measured = { readonly what: string; readonly seconds: number; readonly megabytes: number };

/** Cold starts with definitions cached, and peak memory by the length of lines. */
export const measureCommand = async (usCore: string, resources: readonly Buffer[], runs: number): Promise<readonly Measured[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const file = (name: string): string => join(folder, name);
    await write(file('one.ndjson'), [resources[0]!.toString('utf8')]);
    const oneMegabyte = bundle(resources, 1e6);
    await write(file('few.ndjson'), Array.from({ length: 40 }, () => oneMegabyte));
    await write(file('many.ndjson'), Array.from({ length: 400 }, () => oneMegabyte));
    await write(file('long.ndjson'), [bundle(resources, 50e6)]);
    const cases: readonly (readonly [string, readonly string[], number])[] = [
      ['one resource, R4', [file('one.ndjson')], runs], ['one resource, US Core', ['--package', usCore, file('one.ndjson')], runs],
      ['40 lines of 1 MB', [file('few.ndjson')], 1], ['400 lines of 1 MB', [file('many.ndjson')], 1], ['one line of 50 MB', [file('long.ndjson')], 1],
    ];
    return cases.map(([what, args, times]) => {
      if (times > 1) check(args, folder); // the first fills the caches
      const took = Array.from({ length: times }, () => check(args, folder));
      return { what, seconds: median(took.map((t) => t.seconds)), megabytes: Math.max(...took.map((t) => t.megabytes)) };
    });
  } finally { rmSync(folder, { recursive: true, force: true }); }
};

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const assay = join(import.meta.dirname, '../../apps/bin.mjs');
/** Said by the command itself when it ends: its greatest resident set, KiB (proc(5); getrusage would count this process's, from before exec). */
const tell = 'import fs from "node:fs";process.on("exit",()=>process.stderr.write(/VmHWM.*/.exec(fs.readFileSync("/proc/self/status","latin1"))[0]+"\\n"))';

/** `assay check` as a process of its own: seconds by the clock, peak memory in MB (10^6 bytes). @param folder keeps what Node compiles */
export const measuredCheck = (args: readonly string[], folder: string): { seconds: number; megabytes: number } => {
  const began = performance.now();
  const { stderr, status, error } = spawnSync(process.execPath, [assay, 'check', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}`, NODE_COMPILE_CACHE: join(folder, 'compiled') } });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`assay check ended with ${status}: ${error?.message ?? stderr}`);
  const told = [...stderr.matchAll(/VmHWM:\s*(\d+)/g)].map(([, kib]) => Number(kib)); // of the command, and of what started it
  return { seconds, megabytes: Math.max(...told) * 1024 / 1e6 };
};

/** A List on one line of about `size` bytes, all of it small elements: what takes most memory for its length. */
export const longList = (size: number): string => {
  const entry = (i: number): string => `{"item":{"reference":"Patient/${String(i).padStart(8, '0')}-abcdefgh"}}`;
  return `{"resourceType":"List","status":"current","mode":"working","entry":[${Array.from({ length: Math.ceil(size / (entry(0).length + 1)) }, (_, i) => entry(i)).join(',')}]}`;
};

/** A DocumentReference on one line of about `size` bytes, nearly all of it one text. */
export const longText = (size: number): string =>
  `{"resourceType":"DocumentReference","status":"current","content":[{"attachment":{"contentType":"text/plain","data":"${'QUJD'.repeat(size / 4)}"}}]}`;

import { mkdtempSync, rmSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longList, longText, measuredCheck } from '../../test/support/measured-check.ts';
import { median } from './lines.ts';

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
    await write(file('bundle.ndjson'), [bundle(resources, 50e6)]);
    await write(file('list.ndjson'), [longList(50e6)]);
    await write(file('text.ndjson'), [longText(50e6)]);
    const cases: readonly (readonly [string, readonly string[], number])[] = [
      ['one resource, R4', [file('one.ndjson')], runs], ['one resource, US Core', ['--package', usCore, file('one.ndjson')], runs],
      ['40 lines of 1 MB', [file('few.ndjson')], 1], ['400 lines of 1 MB', [file('many.ndjson')], 1], ['one line of 50 MB: a Bundle', [file('bundle.ndjson')], 1],
      ['one line of 50 MB: a million elements', [file('list.ndjson')], 1], ['one line of 50 MB: one text', [file('text.ndjson')], 1],
    ];
    return cases.map(([what, args, times]) => {
      if (times > 1) measuredCheck(args, folder); // the first fills the caches
      const took = Array.from({ length: times }, () => measuredCheck(args, folder));
      return { what, seconds: median(took.map((t) => t.seconds)), megabytes: Math.max(...took.map((t) => t.megabytes)) };
    });
  } finally { rmSync(folder, { recursive: true, force: true }); }
};

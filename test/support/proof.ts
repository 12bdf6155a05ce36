import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** A long proof: `npm run proof -- NAME [ARGUMENT…] [--fresh] [--out FOLDER]`. */
export type Proof = {
  /** What was given without a name, and the proof's own options. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The arguments as numbers; what was not given is as here. */
  numbers<const Defaults extends readonly number[]>(...defaults: Defaults): { [K in keyof Defaults]: number };
  /**
   * A part of the proof, made once: its result, JSON, is kept under .assay/proof/ by proof, arguments and commit,
   * so that a proof that was killed goes on behind the last part that was done.
   */
  step<T>(name: string, make: () => Promise<T>): Promise<T>;
  /** A folder beside the parts, for what later parts need of earlier ones. @param anew empty */
  folder(anew: boolean): Promise<string>;
  /** Writes docs/proof/NAME.md, shows it, and forgets the parts. Exit code 1 where it does not hold. */
  tell(result: { readonly title: string; readonly lines: readonly string[]; readonly holds: boolean; readonly written?: boolean }): Promise<void>;
};

type Kept = { readonly steps: Record<string, { readonly seconds: number; readonly value: unknown }> };

export async function openProof(name: string, own: ParseArgsOptionsConfig = {}): Promise<Proof> {
  const { values: { fresh, out, ...options }, positionals: args } = parseArgs({
    options: { ...own, fresh: { type: 'boolean', default: false }, out: { type: 'string', default: join(root, 'docs', 'proof') } }, allowPositionals: true });
  const given = [...args, ...Object.entries(options).flatMap(([option, value]) => (value === own[option]?.default ? [] : [`--${option}`, String(value)]))];
  const commit = commitOf();
  const folder = resolve(root, process.env['ASSAY_HOME'] ?? '.assay', 'proof');
  // What another commit, or another change of it, proved proves nothing of this one.
  const file = join(folder, `${[name, ...given, commit].join('-').replaceAll(/[^\w.-]+/g, '_')}.json`);
  const beside = `${file}.d`;
  const forget = async (): Promise<void> => { for (const path of [file, beside]) await rm(path, { recursive: true, force: true }); };
  await mkdir(folder, { recursive: true });
  if (fresh) await forget();
  const { steps }: Kept = await readFile(file, 'utf8').then((text) => JSON.parse(text) as Kept, () => ({ steps: {} }));
  const done = Object.keys(steps).length;
  if (done > 0) process.stderr.write(`going on behind ${done} ${done === 1 ? 'part that is' : 'parts that are'} done; --fresh begins anew\n`);
  return {
    args, options,
    numbers: (...defaults) => defaults.map((otherwise, at) => args[at] === undefined ? otherwise : Number(args[at])) as { [K in keyof typeof defaults]: number },
    async step(part, make) {
      const known = steps[part];
      if (known !== undefined) return known.value as Awaited<ReturnType<typeof make>>;
      process.stderr.write(`${part}\n`);
      const began = performance.now();
      const value = await make();
      steps[part] = { seconds: (performance.now() - began) / 1_000, value };
      await writeFile(`${file}.new`, JSON.stringify({ steps } satisfies Kept));
      await rename(`${file}.new`, file);
      return value;
    },
    async folder(anew) {
      if (anew) await rm(beside, { recursive: true, force: true });
      await mkdir(beside, { recursive: true });
      return beside;
    },
    async tell({ title, lines, holds, written = true }) {
      const seconds = Object.values(steps).reduce((sum, one) => sum + one.seconds, 0);
      const command = ['npm run proof --', name, ...given].join(' ');
      const text = [`# ${title}`, '', `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${seconds.toFixed(0)} s. \`${command}\`: ${holds ? 'holds' : 'does not hold'}.`, '', ...lines, ''].join('\n');
      if (written) {
        await mkdir(out, { recursive: true });
        await writeFile(join(out, `${name}.md`), text);
      }
      console.log(text);
      await forget();
      process.exitCode = holds ? 0 : 1;
    },
  };
}

/** The commit, and where files differ from it a hash of how; what proofs wrote aside. */
function commitOf(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const changes = git('diff', 'HEAD', '--', '.', ':!docs/proof');
  return `${git('rev-parse', '--short', 'HEAD').trim()}${changes === '' ? '' : `+${createHash('sha256').update(changes).digest('hex').slice(0, 7)}`}`;
}

/** Sums of the same figures of several parts. */
export const sums = (of: readonly Readonly<Record<string, number>>[]): [string, number][] =>
  Object.keys(of[0] ?? {}).map((name) => [name, of.reduce((sum, one) => sum + (one[name] ?? 0), 0)]);

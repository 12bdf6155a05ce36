import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { makeScratch } from './scratch.ts';

type Report = { testResults: { assertionResults: { title: string; status: string; duration?: number }[] }[] };
const root = join(import.meta.dirname, '..', '..');

/** Runs a test file at the counts of a proof (ASSAY_PROOF) and writes what came of it to docs/proof/. @returns whether all passed */
export async function proveByTests(name: string, title: string, file: string): Promise<boolean> {
  const scratch = await makeScratch('proof');
  try {
    const report = join(scratch.path, 'report.json');
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', file, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { cwd: root, env: { ...process.env, ASSAY_PROOF: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    child.stdout.on('data', (text: Buffer) => { said.push(text.toString()); process.stderr.write(text); });
    await once(child, 'exit');
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const figures = stripVTControlCharacters(said.join('')).split('\n').filter((line) => /^PROOF /.test(line)).map((line) => line.slice(6));
    const text = [
      `# ${title}`, '',
      `${new Date().toISOString().slice(0, 10)}, commit ${commit}. \`npm run proof -- ${name}\`: ${file} at full counts.`, '',
      '| test | | s |', '|---|---|---|',
      ...tests.map(({ title: test, status, duration = 0 }) => `| ${test} | ${status} | ${Math.round(duration / 1000)} |`), '',
      ...figures.map((line) => `- ${line}`), ...(figures.length === 0 ? [] : ['']),
    ].join('\n');
    await mkdir(join(root, 'docs', 'proof'), { recursive: true });
    await writeFile(join(root, 'docs', 'proof', `${name}.md`), text);
    console.log(text);
    return tests.length > 0 && tests.every(({ status }) => status === 'passed');
  } finally {
    await scratch.remove();
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { importsOf } from './imports.ts';

const root = join(import.meta.dirname, '../..');

/** Comments and blank lines do not change what a rule says. */
const meaning = (path: string): string => {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.json') ? text : text.replace(/^\s*(\/\/.*|\/?\*.*)$/gm, '').replace(/\n\s*\n/g, '\n');
};

/** SHA-256 over a rule's folder and every template, reader and table that it imports, whichever way (contract 12). */
export function ruleHash(id: string): string {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    if (!path.endsWith('.ts')) return;
    for (const { from, typeOnly } of importsOf(readFileSync(path, 'utf8'))) {
      if (from.startsWith('.') && !typeOnly) visit(join(dirname(path), from));
    }
  };
  visit(join(root, `validators/integrity/${id}/rule.ts`));
  const hash = createHash('sha256');
  for (const path of [...seen].sort()) hash.update(`${relative(root, path)}\n${meaning(path)}\n`);
  return hash.digest('hex').slice(0, 16);
}

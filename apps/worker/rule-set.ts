import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ruleSetHash } from '../../ledger/verify/rule-sets.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';

/** What a rule set is made of: files and packages with their SHA-256 in hex, rules (`rule ID`, `rule ID/VARIANT`) with their version. */
export type RuleSet = { readonly hash: string; readonly parts: Readonly<Record<string, string>> };

const root = join(import.meta.dirname, '..', '..');
/** Everything here produces findings; the policy is not among it (contract 11). */
const folders = ['validators', join('fhir-profiles', 'knowledge'), join('fhir-profiles', 'own')];

/**
 * The rule set of this program: its validators' code and tables, and the profile packages in force.
 * @param packages name@version → content hash
 */
export async function ruleSetOf(packages: Readonly<Record<string, string>>): Promise<RuleSet> {
  const parts: Record<string, string> = {};
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || /\.(?:test|d)\.(?:ts|js)$|\.md$|\.map$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      parts[relative(root, path).split(sep).join('/')] = createHash('sha256').update(await readFile(path)).digest('hex');
    }
  }
  for (const [name, hash] of Object.entries(packages)) parts[`package ${name}`] = hash;
  for (const { id, version, variants = {} } of allRules) {
    for (const name of [id, ...Object.keys(variants).map((variant) => `${id}/${variant}`)]) parts[`rule ${name}`] = `${version}`;
  }
  return { hash: ruleSetHash(parts), parts };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { ruleHash } from './rule-hashes.ts';

type Hashes = Record<string, { version: number; hash: string } | undefined>;
const path = new URL('../../validators/integrity/rule-hashes.json', import.meta.url);

/** Writes the table of rule hashes; refuses where a rule changed and its version did not rise. */
const known = JSON.parse(readFileSync(path, 'utf8')) as Hashes;
const now = allRules.map((rule) => ({ id: rule.id, version: rule.version, hash: ruleHash(rule.id) }));
const unraised = now.filter(({ id, version, hash }) => known[id] !== undefined && known[id].hash !== hash && known[id].version >= version);
if (unraised.length > 0 && !process.argv.includes('--before-the-first-release')) {
  console.error(`Raise the version of: ${unraised.map((rule) => rule.id).join(', ')}`);
  process.exitCode = 1;
} else {
  const rows = now.map(({ id, ...row }) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)}`);
  writeFileSync(path, `{\n${rows.join(',\n')}\n}\n`);
}

import type { Action } from '../../terms/verdict.ts';
import { verb } from '../verb.ts';

type RuleLine = {
  readonly id: string; readonly version: number; readonly title: string; readonly why: string; readonly scope: string; readonly kind: string;
  readonly category: string; readonly owner: string; readonly action: Action | null; readonly variants: readonly string[];
  readonly parameters: object | null; readonly sources: readonly string[];
};

export const rules = verb<object, readonly RuleLine[]>({
  name: 'rules',
  summary: 'the integrity rules, with parameters, sources and the catalogue’s answer for care; or one of them',
  define: (command) => command.argument('[rule]', 'a rule’s id, or its beginning'),
  async run({ args: [wanted = ''] }) {
    const [{ allRules }, { policySeed }] = await Promise.all([import('../../validators/integrity/all-rules.ts'), import('../policy-file.ts')]);
    return allRules.filter((rule) => rule.id.startsWith(wanted)).map((rule) => ({
      id: rule.id, version: rule.version, title: rule.title, why: rule.why, scope: rule.scope, kind: rule.kind, category: rule.category, owner: rule.owner,
      action: policySeed.rules[rule.id]?.action ?? null, variants: Object.keys(rule.variants ?? {}).map((name) => `${rule.id}/${name}`),
      parameters: rule.parameters?.defaults ?? null, sources: rule.sources,
    }));
  },
  print(found, line) {
    if (found.length === 0) line('No rule’s id begins so: `assay rules` lists all.');
    for (const rule of found) {
      line(`${rule.id.padEnd(36)} ${(rule.action ?? 'by severity').padEnd(8)} ${rule.scope.padEnd(11)} ${rule.title}`);
      if (found.length > 5) continue;
      line(`  ${rule.why}`);
      line(`  ${rule.kind === 'judge' ? 'judges' : 'computes'}, ${rule.category}; owner ${rule.owner}; version ${rule.version}`);
      if (rule.variants.length > 0) line(`  variants: ${rule.variants.join(', ')}`);
      if (rule.parameters !== null) line(`  parameters: ${JSON.stringify(rule.parameters)}`);
      for (const source of rule.sources) line(`  source: ${source}`);
    }
  },
});

import type { ProfileFinding } from './finding.ts';

/** Findings of one resource, and where it was read: file and 1-based line. */
export type Located = { readonly file: string; readonly line: number; readonly findings: readonly ProfileFinding[] };

const levels = { fatal: 'error', error: 'error', warning: 'warning', information: 'note' } as const;

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif = (resources: Iterable<Located>, version: string): object => {
  const rules = new Map<string, number>();
  const results: object[] = [];
  for (const { file, line, findings } of resources) {
    for (const f of findings) {
      let index = rules.get(f.rule);
      if (index === undefined) rules.set(f.rule, index = rules.size);
      results.push({
        ruleId: f.rule, ruleIndex: index, level: levels[f.severity], ...(f.unevaluated ? { kind: 'open', level: 'none' } : {}), message: { text: f.says },
        locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } }, ...(f.expression === '' ? {} : { logicalLocations: [{ fullyQualifiedName: f.expression, kind: 'element' }] }) }],
      });
    }
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
    runs: [{ tool: { driver: { name: 'fhir-assay', version, rules: [...rules.keys()].map((id) => ({ id })) } }, results }],
  };
};

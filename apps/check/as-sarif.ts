import type { Report } from './report.ts';

const levels = { fatal: 'error', error: 'error', warning: 'warning', information: 'note' } as const;

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What was not evaluated is `open`, of no level. */
export const asSarif = (version: string): Report => {
  const rules = new Map<string, number>();
  let first = true;
  const indexOf = (rule: string): number => {
    const known = rules.get(rule);
    if (known !== undefined) return known;
    rules.set(rule, rules.size);
    return rules.size - 1;
  };
  return {
    start: '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[',
    one({ checked: { file, line }, said }) {
      return said.map((f) => {
        const comma = first ? '\n' : ',\n';
        first = false;
        return comma + JSON.stringify({
          ruleId: f.rule, ruleIndex: indexOf(f.rule), ...(f.unevaluated ? { kind: 'open', level: 'none' } : { level: levels[f.severity] }), message: { text: f.says },
          locations: [{
            physicalLocation: { artifactLocation: { uri: file.split('\\').join('/') }, region: { startLine: line } },
            ...(f.expression === '' ? {} : { logicalLocations: [{ fullyQualifiedName: f.expression, kind: 'element' }] }),
          }],
        });
      }).join('');
    },
    end: () => `\n],"tool":{"driver":${JSON.stringify({ name: 'fhir-assay', version, rules: [...rules.keys()].map((id) => ({ id })) })}}}]}\n`,
  };
};

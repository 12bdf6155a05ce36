import type { Report } from './report.ts';

const levels = { fatal: 'error', error: 'error', warning: 'warning', information: 'note' } as const;

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What was not evaluated is `open`, of no level. */
export const asSarif = (version: string): Report => ({
  start: '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[\n',
  around: () => ['', ''],
  between: ',\n',
  one: ({ file, line, said }) => said.map((f) => JSON.stringify({
    ruleId: f.rule, ...(f.unevaluated ? { kind: 'open', level: 'none' } : { level: levels[f.severity] }), message: { text: f.says },
    locations: [{
      physicalLocation: { artifactLocation: { uri: file.split('\\').join('/') }, region: { startLine: line } },
      ...(f.expression === '' ? {} : { logicalLocations: [{ fullyQualifiedName: f.expression, kind: 'element' }] }),
    }],
  })).join(',\n'),
  end: (rules) => `\n],"tool":{"driver":${JSON.stringify({ name: 'fhir-assay', version, rules: Array.from(rules, (id) => ({ id })) })}}}]}\n`,
});

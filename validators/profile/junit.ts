import type { Located } from './sarif.ts';

const xml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');

/** JUnit XML: a suite for each file, a case for each resource; it fails where there is an error. */
export const junit = (resources: Iterable<Located>): string => {
  const files = new Map<string, { cases: string[]; failures: number }>();
  for (const { file, line, findings } of resources) {
    let suite = files.get(file);
    if (!suite) files.set(file, suite = { cases: [], failures: 0 });
    const errors = findings.filter((f) => !f.unevaluated && (f.severity === 'error' || f.severity === 'fatal'));
    const others = findings.filter((f) => !errors.includes(f));
    if (errors.length > 0) suite.failures++;
    const failure = errors.length === 0 ? '' : `<failure message="${xml(errors[0]!.rule)}">${errors.map((f) => xml(`${f.expression}: ${f.says} (${f.rule})`)).join('\n')}</failure>`;
    const out = others.length === 0 ? '' : `<system-out>${others.map((f) => xml(`${f.severity} ${f.expression}: ${f.says} (${f.rule})`)).join('\n')}</system-out>`;
    suite.cases.push(`<testcase classname="${xml(file)}" name="line ${line}">${failure}${out}</testcase>`);
  }
  const suites = [...files].map(([file, { cases, failures }]) => `<testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}">${cases.join('')}</testsuite>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>${suites.join('')}</testsuites>\n`;
};

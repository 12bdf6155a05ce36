import { isError, type Report } from './report.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').replace(/[&<>"']/g, (c) => entities[c]!);

/** JUnit XML: a suite for each file, a case for each resource, which fails where it has an error. */
export const asJunit = (): Report => ({
  start: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n',
  around: (file) => [`<testsuite name="${xml(file)}">\n`, '</testsuite>\n'],
  between: '',
  one({ file, line, said }) {
    const errors = said.filter(isError);
    const others = said.filter((f) => !isError(f));
    const failure = errors.length === 0 ? '' : `<failure message="${xml(errors[0]!.rule)}">${errors.map((f) => xml(`${f.expression}: ${f.says} (${f.rule})`)).join('\n')}</failure>`;
    const out = others.length === 0 ? '' : `<system-out>${others.map((f) => xml(`${f.severity} ${f.expression}: ${f.says} (${f.rule})`)).join('\n')}</system-out>`;
    return `<testcase classname="${xml(file)}" name="line ${line}">${failure}${out}</testcase>\n`;
  },
  end: () => '</testsuites>\n',
});

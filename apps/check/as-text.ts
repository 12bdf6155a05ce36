import type { Report } from './report.ts';

/** The issues of each resource that has any, for a person. */
export const asText = (): Report => ({
  start: '',
  around: () => ['', ''],
  between: '',
  one({ file, line, resourceType, id, said }) {
    if (said.length === 0) return '';
    let out = `${file}:${line} ${resourceType === null ? 'no resource' : `${resourceType}${id === null ? '' : `/${id}`}`}\n`;
    for (const { severity, expression, says } of said) out += `  ${severity.padEnd(11)} ${expression}${expression === '' ? '' : ': '}${says}\n`;
    return out;
  },
  end: () => '',
});

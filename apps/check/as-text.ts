import type { Report } from './report.ts';

/** The issues of each resource that has any, for a person. */
export const asText = (): Report => ({
  start: '',
  one({ checked: { file, line, resourceType, id, outcome }, said }) {
    if (said.length === 0) return '';
    const name = resourceType === null ? 'no resource' : `${resourceType}${id === null ? '' : `/${id}`}`;
    return [`${file}:${line} ${name}`, ...outcome.issue.map((issue) =>
      `  ${issue.severity.padEnd(11)} ${issue.expression?.[0] ?? ''}${issue.expression === undefined ? '' : ': '}${issue.details.text}`), ''].join('\n');
  },
  end: () => '',
});

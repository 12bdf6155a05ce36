import type { Checked } from './check.ts';

/** A resource's issues for a person. */
export function asText({ file, line, resourceType, id, outcome }: Checked): string {
  const name = resourceType === null ? 'no resource' : `${resourceType}${id === null ? '' : `/${id}`}`;
  return [`${file}:${line} ${name}`, ...outcome.issue.map((issue) =>
    `  ${issue.severity.padEnd(11)} ${issue.expression?.[0] ?? ''}${issue.expression === undefined ? '' : ': '}${issue.details.text}`), ''].join('\n');
}

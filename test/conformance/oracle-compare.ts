import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { ProfileFinding } from '../../validators/profile/finding.ts';

/** What the HL7 engine says of one resource: ../shared/conformance/hl7-oracle/README.md */
export type Expected = { readonly issues: readonly ExpectedIssue[]; readonly resourceType: string };
export type ExpectedIssue = {
  readonly severity: string; readonly code?: string; readonly messageId?: string; readonly expression?: string; readonly text?: string; readonly unverified?: boolean;
};

export const lines = async (file: string): Promise<string[]> => {
  const out: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) if (line !== '') out.push(line);
  return out;
};

/**
 * One way to write a path: the HL7 engine names contained resources in comments, writes a choice as `value[x]`
 * before it knows the type and as `value.ofType(T)` after.
 */
export const normal = (expression: string | undefined): string => (expression ?? '').replace(/\/\*.*?\*\//g, '').replace(/\.ofType\(\w+\)/g, '').replace(/\[x\]/g, '').replace(/\[url='[^']*'\]/g, '');

const isError = (severity: string): boolean => severity === 'error' || severity === 'fatal';
export const expectedErrors = (expected: Expected): readonly ExpectedIssue[] => expected.issues.filter((i) => isError(i.severity) && i.unverified !== true);
export const foundErrors = (findings: readonly ProfileFinding[]): readonly ProfileFinding[] => findings.filter((f) => isError(f.severity) && !f.unevaluated);

/** The engine is silent on these offline: ours are counted apart. */
export const silentThere = new Set(['profile-reference-target', 'profile-extension-unknown']);

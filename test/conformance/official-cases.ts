import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackages } from '../../packages/load.ts';
import type { ProfileFinding } from '../../validators/profile/finding.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';

/** ../shared/conformance/fhir-validator: the official cases that run offline. */
export type Case = {
  readonly name: string; readonly file: string; readonly module: string; readonly expected: Readonly<Record<string, string>>;
  readonly supporting?: readonly string[]; readonly profiles?: readonly string[]; readonly examples?: boolean;
  readonly profile?: { readonly source: string; readonly supporting?: readonly string[]; readonly assumeValidRestReferences?: boolean };
  readonly assumeValidRestReferences?: boolean; readonly validateContains?: string; readonly 'security-checks'?: boolean; readonly 'wrong-displays'?: string;
};
export type Wanted = { readonly severity: string; readonly code: string; readonly expression?: readonly string[]; readonly details?: { readonly text?: string } };
export type CaseRun = { readonly name: string; readonly mode: string; readonly module: string; readonly expected: readonly Wanted[]; readonly found: readonly ProfileFinding[]; readonly file: string };

const canonical = (file: string): string | undefined => {
  const text = readFileSync(file, 'utf8');
  return text.trimStart().startsWith('<') ? /<url value="([^"]*)"/.exec(text)?.[1] : (JSON.parse(text) as { url?: string }).url;
};

export const casesFolder = join(import.meta.dirname, '../../../shared/conformance/fhir-validator');
export const haveCases = existsSync(join(casesFolder, 'manifest.json'));

/** Runs every case once for each outcome it has: `base` without and `profile` with its profile. */
export const runCases = async (cacheDir: string): Promise<CaseRun[]> => {
  const { cases } = JSON.parse(readFileSync(join(casesFolder, 'manifest.json'), 'utf8')) as { cases: readonly Case[] };
  const at = (name: string): string => join(casesFolder, 'cases', name);
  const runs: CaseRun[] = [];
  for (const c of cases) {
    for (const [mode, outcome] of Object.entries(c.expected)) {
      const loose = [...(c.supporting ?? []), ...(c.profiles ?? []), ...(mode === 'profile' ? [...(c.profile?.supporting ?? []), c.profile!.source] : [])];
      const validator = createProfileValidator({ packages: await loadPackages(loose.map(at), { cacheDir }) });
      const profile = mode === 'profile' ? canonical(at(c.profile!.source)) : undefined;
      const found = validator.validate(readFileSync(at(c.file)), {
        profiles: profile ? [profile] : [], allowExamples: c.examples !== false, unknownExtension: 'error', displays: c['wrong-displays'] === 'warning' ? 'warning' : 'error', securityChecks: c['security-checks'] === true,
        checkContained: c.validateContains !== 'IGNORE', hints: true,
      });
      const want = JSON.parse(readFileSync(join(casesFolder, outcome), 'utf8')) as { issue?: readonly Wanted[] };
      runs.push({ name: c.name, mode, module: c.module, expected: want.issue ?? [], found, file: c.file });
    }
  }
  return runs;
};

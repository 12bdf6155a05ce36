import { describe, expect, test } from 'vitest';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { PatientView, ReferenceFact, ViewEntry } from '../../terms/patient-view.ts';
import type { Finding } from '../../terms/finding.ts';
import type { HistoryRule, PatientRule, PopulationRule, Resource, ResourceRule, Said } from '../../terms/rule.ts';
import { runFolds } from '../../validators/integrity/check-patient.ts';
import { findingFrom } from '../../validators/integrity/finding-from.ts';
import { project } from '../../validators/integrity/projection.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';

type Content = { readonly resourceType: string; readonly id?: string } & Record<string, unknown>;

/** When the sources of the cases were asked. */
export const asOf = '2026-11-01T12:00:00Z';

/** `wrong Observation.value`, `unevaluated/variant …`: what a rule says, without its sentence. */
const brief = (said: Pick<Said, 'outcome' | 'variant' | 'expression'>): string =>
  `${said.outcome}${said.variant === undefined ? '' : `/${said.variant}`} ${said.expression}`;

/** Sentences are for people and carry nothing of the record; each finding has a cause. */
function sober(finding: Finding): void {
  expect(finding.says).toMatch(/^[A-Z“].*[.?]$/s);
  expect(finding.cause).not.toBe('');
}

/** Each case: a resource, and what the rule says of it; nothing where nothing is wrong. */
export function resourceCases(rule: ResourceRule, cases: Readonly<Record<string, readonly [Content, ...string[]]>>): void {
  describe(rule.id, () => {
    test.each(Object.entries(cases))('%s', (_, [resource, ...expected]) => {
      const said = rule.check(resource as Resource, { asOf });
      expect(said.map(brief)).toEqual(expected);
      for (const one of said) sober(findingFrom(rule, one));
    });
  });
}

export function historyCases(rule: HistoryRule, cases: Readonly<Record<string, readonly [before: Content, after: Content, ...string[]]>>): void {
  describe(rule.id, () => {
    test.each(Object.entries(cases))('%s', (_, [before, after, ...expected]) => {
      const said = rule.check(before as Resource, after as Resource, { asOf, beforeVersion: 'before' });
      expect(said.map(brief)).toEqual(expected);
      for (const one of said) sober(findingFrom(rule, one));
    });
  });
}

export function populationCases<Candidate>(rule: PopulationRule<Candidate>, cases: Readonly<Record<string, readonly [Candidate, ...string[]]>>): void {
  describe(rule.id, () => {
    test.each(Object.entries(cases))('%s', (_, [candidate, ...expected]) => {
      const said = rule.judge(candidate);
      expect(said.map((one) => (one.version === undefined ? brief(one) : `${one.version} ${brief(one)}`))).toEqual(expected);
      for (const one of said) sober(findingFrom(rule, one));
    });
  });
}

export type ViewOptions = {
  readonly patient?: string;
  /** References that the source does not have; all others that are not in the list were not asked for. */
  readonly absent?: readonly string[];
  readonly models?: ModelRegistry;
  readonly failedTypes?: readonly string[];
  /** Keys that are only referenced from the compartment. */
  readonly referenced?: readonly string[];
};

/** The resources as a view whose versions are `Type/id`, reduced to what the rule says it reads. */
export function viewOf(resources: readonly Content[], reads: Readonly<Record<string, readonly string[]>>, options: ViewOptions = {}): PatientView {
  const keys = new Set(resources.map((one) => `${one.resourceType}/${one.id ?? ''}`));
  const entries = resources.map((resource): ViewEntry => {
    const key = `${resource.resourceType}/${resource.id ?? ''}`;
    const compartment = options.referenced?.includes(key) !== true && !['Practitioner', 'Location', 'Medication', 'Organization'].includes(resource.resourceType);
    return { version: key, type: resource.resourceType, id: resource.id ?? '', time: clinicalTime(resource),
      fields: project(resource as Resource, reads), place: compartment ? 'compartment' : 'referenced' };
  });
  const reference = (asked: string): ReferenceFact => (keys.has(asked) ? 'landed' : options.absent?.includes(asked) === true ? 'absent-at-source' : 'not-asked');
  return { patient: options.patient ?? 'p', asOf, reference, failedTypes: new Set(options.failedTypes ?? []),
    entries: entries.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)), ...(options.models === undefined ? {} : { models: options.models }) };
}

type PatientCase = readonly [resources: readonly Content[], expected: readonly string[], options?: ViewOptions];

/** Each case: a patient's resources in any order, and `Type/id wrong Element` for each finding. */
export function patientCases<State>(rule: PatientRule<State>, cases: Readonly<Record<string, PatientCase>>): void {
  describe(rule.id, () => {
    test.each(Object.entries(cases))('%s', (_, [resources, expected, options]) => {
      const findings = runFolds([rule as PatientRule], [], viewOf(resources, rule.reads, options));
      const said = [...findings].flatMap(([version, found]) => found.map((finding) =>
        `${version} ${finding.outcome}${finding.rule.slice(rule.id.length)} ${finding.expression}`));
      expect(said.sort()).toEqual([...expected].sort());
      for (const finding of [...findings.values()].flat()) sober(finding);
    });
  });
}

/** What a rule says of a patient's resources besides the place: the beginning of its sentence and its cause. */
export const toldOf = <State>(rule: PatientRule<State>, resources: readonly Content[], options?: ViewOptions): string[] =>
  [...runFolds([rule as PatientRule], [], viewOf(resources, rule.reads, options)).values()].flat().map(({ says, cause }) => `${says.split(' ').slice(0, 12).join(' ')} | ${cause}`);

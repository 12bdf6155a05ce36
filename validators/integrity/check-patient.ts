import type { Finding } from '../../terms/finding.ts';
import type { PatientView, ViewEntry } from '../../terms/patient-view.ts';
import type { PatientRule, Said } from '../../terms/rule.ts';
import { allRules } from './all-rules.ts';
import { brokeOn, findingFrom } from './finding-from.ts';
import { unevaluated } from './say.ts';

type Running = { readonly rule: PatientRule; readonly state: unknown };

const rules = allRules.filter((rule): rule is PatientRule => rule.scope === 'patient');

/** The patient rules that read one of these types: what is evaluated again when they change (contract 9). */
export const rulesReading = Object.assign(
  (types: ReadonlySet<string>): readonly PatientRule[] => rules.filter((rule) => rule.reads['*'] !== undefined || [...types].some((type) => rule.reads[type] !== undefined)),
  { all: (): readonly PatientRule[] => rules });

/**
 * Runs the folds of all patient rules in one pass over the view.
 * @param options.readTypesChanged only the rules that read one of these types
 * @returns findings by the version they are about
 */
export function checkPatient(view: PatientView, options: { readonly readTypesChanged?: ReadonlySet<string> } = {}): Map<string, Finding[]> {
  const asked = options.readTypesChanged === undefined ? rules : rulesReading(options.readTypesChanged);
  const blind = asked.filter((rule) => view.failedTypes.has('*') || Object.keys(rule.reads).some((type) => view.failedTypes.has(type)));
  return runFolds(asked.filter((rule) => !blind.includes(rule)), blind, view);
}

/** The pass itself, for a choice of rules. `blind`: rules whose types failed in this run (contract 7). */
export function runFolds(running: readonly PatientRule[], blind: readonly PatientRule[], view: PatientView): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const add = (version: string, finding: Finding): void => {
    const found = findings.get(version);
    if (found === undefined) findings.set(version, [finding]);
    else found.push(finding);
  };
  // One object a pass: rules of a template share their state by it.
  const facts = { patient: view.patient, asOf: view.asOf, failedTypes: view.failedTypes,
    reference: (reference: string) => view.reference(reference), ...(view.models === undefined ? {} : { models: view.models }) };
  const folds: readonly Running[] = running.map((rule) => ({ rule, state: rule.start(facts) }));
  const byType = new Map<string, readonly Running[]>();
  let anchor: ViewEntry | undefined;
  for (const entry of view.entries) {
    if (anchor === undefined || (entry.type === 'Patient' && entry.id === view.patient)) anchor = entry;
    let reading = byType.get(entry.type);
    if (reading === undefined) {
      reading = once(folds.filter(({ rule }) => rule.reads[entry.type] !== undefined || rule.reads['*'] !== undefined));
      byType.set(entry.type, reading);
    }
    for (const { rule, state } of reading) {
      try {
        rule.step(state, entry);
      } catch {
        add(entry.version, brokeOn(rule, entry.type));
      }
    }
  }
  if (anchor === undefined) return findings;
  for (const { rule, state } of folds) for (const said of ended(rule, state, anchor)) add(said.version ?? anchor.version, findingFrom(rule, said));
  for (const rule of blind) add(anchor.version, findingFrom(rule, unevaluated(anchor.type, notExtracted, { cause: 'type not extracted' })));
  return findings;
}

/** Rules of a template share their state and step: one of them takes the entry for all. */
function once(folds: readonly Running[]): readonly Running[] {
  const taken = new Map<unknown, Set<unknown>>();
  return folds.filter(({ rule, state }) => {
    const steps = taken.get(state) ?? new Set();
    if (steps.has(rule.step)) return false;
    taken.set(state, steps.add(rule.step));
    return true;
  });
}

const notExtracted = 'A resource type that this rule reads could not be extracted in this run; it is looked at again when it is.';

function ended(rule: PatientRule, state: unknown, anchor: ViewEntry): readonly Said[] {
  try {
    return rule.end(state);
  } catch {
    return [unevaluated(anchor.type, 'This rule could not weigh what it had read of this patient.', { cause: 'structure' })];
  }
}

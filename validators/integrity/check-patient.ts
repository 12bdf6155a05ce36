import type { Finding } from '../../terms/finding.ts';
import type { PatientView, ViewEntry } from '../../terms/patient-view.ts';
import type { Fold, PatientRule, Reads, Said } from '../../terms/rule.ts';
import { allRules } from './all-rules.ts';
import { brokeOn, findingFrom } from './finding-from.ts';
import { unevaluated } from './say.ts';

type Facts = Omit<PatientView, 'entries'>;
type Running = { readonly rule: PatientRule; readonly state: unknown };
/** What is done with each entry of these types. `rule`: who says so where it breaks. */
type Step = Running & { readonly fold: Fold; readonly types: ReadonlySet<string>; readonly everyType: boolean };

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
  const steps = stepsOf(folds, facts);
  let anchor: ViewEntry | undefined;
  for (const page of pagesOf(view.entries)) {
    anchor = page.find((entry) => entry.type === 'Patient' && entry.id === view.patient) ?? anchor ?? page[0];
    for (const { rule, state, fold, types, everyType } of steps) {
      for (const entry of page) {
        if (!everyType && !types.has(entry.type)) continue;
        try {
          fold.step(state, entry);
        } catch {
          add(entry.version, brokeOn(rule, entry.type));
        }
      }
    }
  }
  if (anchor === undefined) return findings;
  for (const { rule, state } of folds) for (const said of ended(rule, state, anchor)) add(said.version ?? anchor.version, findingFrom(rule, said));
  for (const rule of blind) add(anchor.version, findingFrom(rule, unevaluated(anchor.type, notExtracted, { cause: 'type not extracted' })));
  return findings;
}

// One rule after the other goes through a page: while it does, its code and what it looks things up in stay at hand, which costs a tenth less than all rules for one entry after the other.
const pageSize = 256;

function* pagesOf(entries: Iterable<ViewEntry>): Generator<readonly ViewEntry[]> {
  let page: ViewEntry[] = [];
  for (const entry of entries) {
    page.push(entry);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The steps of all rules and of what they share, each once. */
function stepsOf(running: readonly Running[], facts: Facts): readonly Step[] {
  const steps: Step[] = [];
  const add = (rule: PatientRule, fold: Fold, reads: Reads, state: unknown): void => {
    // Rules of a template have one step, and in one pass one state.
    if (steps.some((one) => one.state === state && one.fold.step === fold.step)) return;
    steps.push({ rule, state, fold, types: new Set(Object.keys(reads)), everyType: reads['*'] !== undefined });
  };
  for (const { rule, state } of running) {
    for (const shared of rule.shares ?? []) add(rule, shared, shared.reads, shared.start(facts));
    add(rule, rule, rule.reads, state);
  }
  return steps;
}

const notExtracted = 'A resource type that this rule reads could not be extracted in this run; it is looked at again when it is.';

function ended(rule: PatientRule, state: unknown, anchor: ViewEntry): readonly Said[] {
  try {
    return rule.end(state);
  } catch {
    return [unevaluated(anchor.type, 'This rule could not weigh what it had read of this patient.', { cause: 'structure' })];
  }
}

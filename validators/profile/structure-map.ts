import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const say = (messageId: string, says: string): Statement => ({ rule: 'profile-conformance-resource', severity: 'error', code: 'unknown', messageId, says });
const unknownSource = say('SM_SOURCE_CONTEXT_UNKNOWN', 'The context is no source of the group and no variable of a source before it; name one of them.');
const unknownTarget = say('SM_TARGET_CONTEXT_UNKNOWN', 'The context is no target of the group and no variable of a target before it; name one of them.');

type Known = { readonly source: ReadonlySet<unknown>; readonly target: ReadonlySet<unknown> };

const checkRules = (checker: Checker, rules: readonly JsonObject[], from: Known, path: string): void => rules.forEach((rule, i) => {
  const known = { source: new Set(from.source), target: new Set(from.target) };
  const at = `${path}.rule[${i}]`;
  list(rule['source']).forEach(({ context, variable }, j) => {
    if (typeof context === 'string' && !known.source.has(context)) checker.add(unknownSource, `${at}.source[${j}]`);
    if (variable !== undefined) known.source.add(variable);
  });
  list(rule['target']).forEach(({ context, contextType, variable }, j) => {
    if (typeof context === 'string' && contextType !== 'type' && !known.target.has(context)) checker.add(unknownTarget, `${at}.target[${j}]`);
    if (variable !== undefined) known.target.add(variable);
  });
  checkRules(checker, list(rule['rule']), known, at);
});

/** A rule reads and writes what its group is given and what rules around it named: http://hl7.org/fhir/R4/structuremap.html */
export const checkStructureMap = (checker: Checker, { group }: JsonObject): void => list(group).forEach((one, i) => {
  const named = (mode: string): ReadonlySet<unknown> => new Set(list(one['input']).filter((input) => input['mode'] === mode).map((input) => input['name']));
  checkRules(checker, list(one['rule']), { source: named('source'), target: named('target') }, `.group[${i}]`);
});

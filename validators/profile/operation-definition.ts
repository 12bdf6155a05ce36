import type { Checker } from './checker.ts';
import type { ElementNode, Structure } from './element-tree.ts';
import { isObject, word, type JsonObject, type Statement } from './run.ts';

const say = (messageId: string, says: string, severity: Statement['severity'] = 'error', code = 'unknown'): Statement => ({ rule: 'profile-conformance-resource', severity, code, says, messageId });
const circular = say('OPDEF_CIRCULAR_DEFINITION', 'The operations that this one is based on lead back to it; correct base.');
const notLoaded: Statement = { ...say('OPDEF_PROFILE_NOT_FOUND', 'No loaded package has this profile, so the parameters were not compared with it; add a package that has it.', 'warning'), unevaluated: true };
const notParameters = say('OPDEF_PROFILE_NOT_PARAMETERS', 'The profile is not one of Parameters; name one that is.', 'error', 'invalid');
const unnamed = say('OPDEF_PROFILE_NO_FIXED', 'A slice of the profile fixes no name of a parameter; fix the name.');
const notInOperation = say('OPDEF_PROFILE_NOT_IN_PARAM', 'The profile defines a parameter that the operation does not have; add it to one or take it from the other.', 'warning');
const notInProfile = say('OPDEF_PROFILE_NOT_IN_PROFILE', 'The profile does not define this parameter; add it to the profile or take it from the operation.', 'warning');
const differs = (what: string): Statement => say('OPDEF_PROFILE_NOT_VALUE_MISMATCH', `The profile gives this parameter another ${what}; give both the same.`);
const typeNotInOperation = say('OPDEF_PROFILE_TYPE_NOT_IN_PARAMS', 'The profile allows this parameter a type that the operation does not; allow the same in both.', 'error', 'invalid');
const typeNotInProfile = say('OPDEF_PROFILE_TYPE_NOT_IN_PROFILE', 'The operation allows this parameter a type that the profile does not; allow the same in both.', 'error', 'invalid');
const targetNotInOperation = say('OPDEF_PROFILE_PROFILE_NOT_IN_PARAMS', 'The profile lets this parameter refer to what the operation does not; name the same targets in both.', 'error', 'invalid');
const targetNotInProfile = say('OPDEF_PROFILE_PROFILE_NOT_IN_PROFILE', 'The operation lets this parameter refer to what the profile does not; name the same targets in both.', 'error', 'invalid');

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);
const lacks = (these: readonly string[], those: readonly string[]): boolean => these.some((t) => !those.includes(t));

/** http://hl7.org/fhir/StructureDefinition/operationdefinition-allowed-type */
const typesOf = ({ type, extension }: JsonObject): readonly string[] => {
  const allowed = objects(extension).filter((e) => word(e['url']).endsWith('/operationdefinition-allowed-type')).map((e) => word(e['valueUri'] ?? e['valueCode']));
  return allowed.length > 0 ? allowed : typeof type === 'string' ? [type] : [];
};

const childOf = (node: ElementNode, name: string): ElementNode | undefined => node.children.find((c) => c.name === name);

/** What one slice of `Parameters.parameter` allows a parameter to be. */
const allowedBy = (slice: ElementNode): { readonly types: readonly string[]; readonly targets: readonly string[] } => {
  const kinds = ['value', 'resource', 'part'].flatMap((name) => childOf(slice, name) ?? []);
  const used = kinds.filter((kind) => kind.name !== 'part' && kind.max > 0 && kinds.every((other) => other === kind || other.min === 0)).flatMap((kind) => kind.types);
  return { types: used.map(({ code }) => code), targets: used.flatMap(({ targetProfile }) => targetProfile ?? []) };
};

const compare = (checker: Checker, parameter: JsonObject, slice: ElementNode, at: string): void => {
  const { min, max, type } = parameter;
  if (typeof min === 'number' && min !== slice.min) checker.add(differs('minimum'), at);
  if (typeof max === 'string' && (max === '*' ? Infinity : Number(max)) !== slice.max) checker.add(differs('maximum'), at);
  const [types, targets] = [typesOf(parameter), texts(parameter['targetProfile'])];
  const allowed = allowedBy(slice);
  if (lacks(allowed.types, types)) checker.add(typeNotInOperation, at);
  if (lacks(types, allowed.types)) checker.add(typeNotInProfile, at);
  if (lacks(targets, allowed.targets)) checker.add(targetNotInProfile, at);
  // A parameter of any type cannot name targets (opd-3).
  if (type !== 'Element' && lacks(allowed.targets, targets)) checker.add(targetNotInOperation, at);
};

const compareAll = (checker: Checker, operation: JsonObject, profile: Structure, use: string, at: string): void => {
  const all = objects(operation['parameter']);
  const known = new Set<JsonObject>();
  for (const slice of childOf(profile.root, 'parameter')?.slices ?? []) {
    const named = childOf(slice, 'name');
    const name = (named?.fixed ?? named?.pattern)?.value;
    if (name === undefined) { checker.add(unnamed, at); continue; }
    const index = all.findIndex((p) => p['name'] === name && p['use'] === use);
    if (index < 0) { checker.add(notInOperation, at); continue; }
    known.add(all[index]!);
    compare(checker, all[index]!, slice, `.parameter[${index}]`);
  }
  all.forEach((p, i) => { if (p['use'] === use && !known.has(p)) checker.add(notInProfile, `.parameter[${i}]`); });
};

/** Its base, and its parameters against the profiles of what it takes and gives: http://hl7.org/fhir/R4/operationdefinition.html */
export const checkOperationDefinition = (checker: Checker, operation: JsonObject): void => {
  const { catalog } = checker.program;
  const seen = new Set<unknown>();
  for (let at = operation['base']; typeof at === 'string' && !seen.has(at); at = catalog.definitions.get('OperationDefinition', at)?.['base']) {
    seen.add(at);
    if (at === operation['url']) checker.add(circular);
  }
  for (const [key, use] of [['inputProfile', 'in'], ['outputProfile', 'out']] as const) {
    const canonical = operation[key];
    if (typeof canonical !== 'string') continue;
    const profile = catalog.structure(canonical);
    if (!profile) checker.add(notLoaded, `.${key}`);
    else if (profile.type !== 'Parameters') checker.add(notParameters, `.${key}`);
    else compareAll(checker, operation, profile, use, `.${key}`);
  }
};

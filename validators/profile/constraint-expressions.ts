import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const broken: Statement = { rule: 'profile-conformance-resource', severity: 'error', code: 'invalid', messageId: 'ED_INVARIANT_EXPRESSION_ERROR',
  says: 'The expression is no FHIRPath, or names what the element it stands on does not have, so that nobody can check it; correct it.' };

/** Where expressions of an element start: the element itself where it has parts of its own, or its one type. */
const typeOf = (path: string, element: JsonObject): string | undefined => {
  const [only, ...others] = list(element['type']);
  if (!path.includes('.')) return path;
  if (only === undefined || others.length > 0 || typeof only['code'] !== 'string') return undefined;
  return /^(BackboneE|E)lement$/.test(only['code']) ? path : only['code'];
};

/** The constraints that a profile brings itself, those of its bases being theirs: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint.expression */
export const checkConstraints = (checker: Checker, structure: JsonObject): void => {
  if (!isObject(structure['snapshot'])) return;
  list(structure['snapshot']['element']).forEach((element, i) => list(element['constraint']).forEach(({ expression, source }, j) => {
    const { path } = element;
    if (typeof expression !== 'string' || typeof path !== 'string' || (source ?? structure['url']) !== structure['url']) return;
    if (!checker.program.contexts.writes(expression, typeOf(path, element))) checker.add(broken, `.snapshot.element[${i}].constraint[${j}]`);
  }));
};

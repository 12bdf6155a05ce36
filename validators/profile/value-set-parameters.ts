import { FhirPathError } from '../fhirpath/fhirpath-error.ts';
import { parse } from '../fhirpath/parse.ts';
import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const say = (code: string, says: string): Statement => ({ rule: 'profile-conformance-resource', severity: 'error', code, says });
const otherLanguage = say('invalid', 'An expression in a value set is written in text/fhirpath; write it so.');
const malformed = say('exception', 'This is no valid FHIRPath; correct the expression.');
const undeclared = say('exception', 'The expression names a parameter that the value set does not declare; declare it or correct the name.');

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Names of `%name` and of a backticked one. The text has parsed: what stands in strings is taken out. */
const variables = (expression: string): string[] =>
  [...expression.replace(/'(?:[^'\\]|\\.)*'/g, '').matchAll(/%(?:`([^`]*)`|([\w-]+))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** A dash is no part of a variable's name in FHIRPath, and HL7's own parameters have it. */
const parsable = (expression: string): string => expression.replace(/%([A-Za-z_][\w-]*)/g, (_, name: string) => `%\`${name}\``);

/** A filter whose value is worked out from a parameter of the value set (cqf-expression): the path is at the ValueSet, `at` that of the filter. */
export const checkFilterExpression = (checker: Checker, set: JsonObject, filter: JsonObject, at: string): void => {
  const sibling = filter['_value'];
  const extensions = isObject(sibling) ? list(sibling['extension']) : [];
  const i = extensions.findIndex((e) => e['url'] === 'http://hl7.org/fhir/StructureDefinition/cqf-expression');
  const said = extensions[i]?.['valueExpression'];
  if (!isObject(said)) return;
  const place = `${at}.extension[${i}].value.ofType(Expression)`;
  const { language, expression } = said;
  if (language !== 'text/fhirpath') return checker.add(otherLanguage, place);
  if (typeof expression !== 'string') return;
  try { parse(parsable(expression)); } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    return checker.add(malformed, place);
  }
  const declared = new Set(list(set['extension']).filter((e) => e['url'] === 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter')
    .map((e) => list(e['extension']).find((part) => part['url'] === 'name')?.['valueCode']));
  if (variables(expression).some((name) => !declared.has(name))) checker.add(undeclared, place);
};

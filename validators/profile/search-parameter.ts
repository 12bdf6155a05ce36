import { FhirPathError } from '../fhirpath/fhirpath-error.ts';
import { parse } from '../fhirpath/parse.ts';
import type { Checker } from './checker.ts';
import type { JsonObject, Statement } from './run.ts';

const say = (says: string, severity: Statement['severity'] = 'error', code = 'business-rule'): Statement => ({ rule: 'profile-conformance-resource', severity, code, says });
const malformed = { ...say('The expression is no valid FHIRPath, so that no server can search by it; correct it.', 'error', 'invalid'), messageId: 'ED_SEARCH_EXPRESSION_ERROR' };
const fewComponents = { ...say('A composite search parameter has two or more components; add them.'), messageId: 'SEARCHPARAMETER_MISSING_COMPONENTS' };
const notLoaded = { ...say('No loaded package has the search parameter that this one is derived from, so it was not compared with it; add a package that has it.', 'warning'), messageId: 'SEARCHPARAMETER_NOTFOUND', unevaluated: true };
const otherType = { ...say('The type is not that of the search parameter this one is derived from; give it the same type.'), messageId: 'SEARCHPARAMETER_TYPE_WRONG' };
const otherBase = { ...say('A base is not one of the search parameter this one is derived from; keep to its bases.'), messageId: 'SEARCHPARAMETER_BASE_WRONG' };

const isFhirPath = (expression: string): boolean => {
  try { parse(expression); return true; } catch (error) {
    if (error instanceof FhirPathError) return false;
    throw error;
  }
};

/** http://hl7.org/fhir/R4/searchparameter.html */
export const checkSearchParameter = (checker: Checker, { type, derivedFrom, base, component, expression }: JsonObject): void => {
  if (typeof expression === 'string' && !isFhirPath(expression)) checker.add(malformed, '.expression');
  if (type === 'composite' && (!Array.isArray(component) || component.length < 2)) checker.add(fewComponents);
  if (typeof derivedFrom !== 'string') return;
  const from = checker.program.catalog.definitions.get('SearchParameter', derivedFrom);
  if (!from) return checker.add(notLoaded);
  if (from['type'] !== type) checker.add(otherType);
  const bases = from['base'];
  if (Array.isArray(base) && Array.isArray(bases)) for (const b of base) if (!bases.includes(b) && !bases.includes('Resource')) checker.add(otherBase);
};

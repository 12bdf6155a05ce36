// trace, defineVariable: http://hl7.org/fhirpath/N1/#utility-functions, http://build.fhir.org/ig/HL7/FHIRPath/#definevariable
import { FhirPathError } from '../fhirpath-error.ts';
import { type Evaluate, type Items, Node, type Scope, type Variables } from '../item.ts';
import { projected } from './filtering.ts';
import { type FunctionRow, lazy, textArgument } from './definition.ts';

export const reserved: ReadonlySet<string> = new Set(['context', 'resource', 'rootResource', 'ucum', 'sct', 'loinc']);

export const lookUp = (variables: Variables | undefined, name: string): Items | undefined => {
  for (let at = variables; at; at = at.next) if (at.name === name) return at.value;
  return undefined;
};

const define = (input: Items, name: string | undefined, value: Evaluate | undefined, scope: Scope): Items => {
  if (name === undefined || reserved.has(name) || lookUp(scope.variables, name)) {
    throw new FhirPathError('execution', 'defineVariable() needs a name that is not taken');
  }
  const inner = scope.inner();
  inner.focus = input;
  scope.variables = { name, value: value ? value(inner) : input, next: scope.variables };
  return input;
};

export const variables: readonly FunctionRow[] = [
  lazy('trace', 1, 2, (input, [name, projection], scope) => {
    if (scope.env.trace && name) {
      const items = projection ? projected(input, projection, scope) : input;
      scope.env.trace(textArgument(name(scope), 'trace()') ?? '', items.map((item) => (item instanceof Node ? item.value : item)));
    }
    return input;
  }),
  lazy('defineVariable', 1, 2, (input, [name, value], scope) => define(input, name && textArgument(name(scope), 'defineVariable()'), value, scope)),
];

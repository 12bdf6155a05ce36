// http://hl7.org/fhirpath/N1/#types
import { FhirPathError, tooMany } from '../fhirpath-error.ts';
import { type Evaluate, none, truth } from '../item.ts';
import type { TypeName } from '../syntax.ts';
import { isKnownType, specifierOf, typeArgument, typeTest } from '../type-test.ts';
import { type Compiling, type FunctionRow, plain } from './definition.ts';

const nameOf = (type: TypeName): string => (type.namespace === undefined ? type.name : `${type.namespace}.${type.name}`);

export const buildIs = (target: Evaluate, type: TypeName, { model }: Compiling): Evaluate => {
  const test = typeTest(type, model, false);
  return (scope) => {
    const items = target(scope);
    if (items.length > 1) throw tooMany('is');
    return items.length === 0 ? none : truth(test(items[0] as never));
  };
};

/** `as`; on several items it is ofType(), as R4's invariants use it, unless the caller wants N1's error. */
export const buildAs = (target: Evaluate, type: TypeName, { model, asOnOneItem }: Compiling): Evaluate => {
  const test = typeTest(type, model, true);
  const known = isKnownType(type, model);
  return (scope) => {
    const items = target(scope);
    if (!known) throw new FhirPathError('execution', `there is no type ${nameOf(type)}`);
    if (asOnOneItem && items.length > 1) throw tooMany('as');
    return items.filter(test);
  };
};

const typed = (name: string, build: (target: Evaluate, type: TypeName, compiling: Compiling) => Evaluate): FunctionRow => ({
  name, least: 1, most: 1,
  build: (target, [argument], compiling) => build(target, typeArgument(argument), compiling),
});

export const types: readonly FunctionRow[] = [
  typed('is', buildIs),
  typed('as', buildAs),
  typed('ofType', (target, type, compiling) => buildAs(target, type, { ...compiling, asOnOneItem: false })),
  plain('type', 0, 0, (input, _args, _scope, { model }) => input.map((item) => specifierOf(item, model))),
];

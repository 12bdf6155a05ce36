// http://hl7.org/fhirpath/N1/#filtering-and-projection; sort(): http://build.fhir.org/ig/HL7/FHIRPath/#sort
import { single, systemOf } from '../convert.ts';
import { Distinct } from '../distinct.ts';
import { FhirPathError } from '../fhirpath-error.ts';
import { type Evaluate, type Item, type Items, type Scope, none } from '../item.ts';
import { compareSystem } from '../operators.ts';
import { filtered } from './existence.ts';
import { type FunctionRow, lazy } from './definition.ts';

/** A projection that keeps making new items is stopped here: repeatAll() has no other end. */
const mostItems = 1_000_000;

export const projected = (input: Items, projection: Evaluate, scope: Scope): Items => {
  const inner = scope.inner();
  const out: Item[] = [];
  for (let index = 0; index < input.length; index++) {
    inner.focus = [input[index] as Item];
    inner.index = index;
    inner.variables = scope.variables;
    for (const item of projection(inner)) out.push(item);
  }
  return out;
};

const repeated = (input: Items, projection: Evaluate, scope: Scope, once: boolean): Items => {
  const out: Item[] = [];
  const seen = new Distinct();
  let wave = input;
  while (wave.length > 0) {
    const next = projected(wave, projection, scope).filter((item) => !once || seen.add(item));
    for (const item of next) out.push(item);
    if (out.length > mostItems) throw new FhirPathError('execution', 'repeat() does not come to an end');
    wave = next;
  }
  return out;
};

const sortRow: FunctionRow = {
  name: 'sort', least: 0, most: 20,
  build: (target, asts, { compile }) => {
    // A minus before a key means descending, whatever the key's type.
    const keys = asts.length === 0
      ? [{ key: (scope: Scope) => scope.focus, sign: 1 }]
      : asts.map((ast) => (ast.kind === 'polarity' && ast.sign === '-' ? { key: compile(ast.operand), sign: -1 } : { key: compile(ast), sign: 1 }));
    return (scope) => {
      const inner = scope.inner();
      const rows = target(scope).map((item, index) => {
        inner.focus = [item];
        inner.index = index;
        return { item, values: keys.map(({ key }) => single(key(inner), 'a key of sort()')).map((value) => value && systemOf(value)) };
      });
      return rows.sort((a, b) => {
        for (const [i, { sign }] of keys.entries()) {
          const [x, y] = [a.values[i], b.values[i]];
          if (x === undefined && y === undefined) continue;
          // Empty keys come last ascending and first descending.
          const order = x === undefined ? 1 : y === undefined ? -1 : (compareSystem(x, y, 'sort()') ?? 0);
          if (order !== 0) return order * sign;
        }
        return 0;
      }).map(({ item }) => item);
    };
  },
};

export const filtering: readonly FunctionRow[] = [
  lazy('where', 1, 1, (input, [criterion], scope) => (criterion ? filtered(input, criterion, scope, 'where()') : none)),
  lazy('select', 1, 1, (input, [projection], scope) => (projection ? projected(input, projection, scope) : none)),
  lazy('repeat', 1, 1, (input, [projection], scope) => (projection ? repeated(input, projection, scope, true) : none)),
  lazy('repeatAll', 1, 1, (input, [projection], scope) => (projection ? repeated(input, projection, scope, false) : none)),
  sortRow,
];

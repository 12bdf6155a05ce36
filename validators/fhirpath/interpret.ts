import { booleanOf, single } from './convert.ts';
import { Decimal } from './decimal.ts';
import { Distinct } from './distinct.ts';
import { equal, equivalent } from './equality.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Compiling, unknownFunction } from './functions/definition.ts';
import { allFunctions } from './functions/all-functions.ts';
import { united, wholeArgument } from './functions/subsetting.ts';
import { buildAs, buildIs } from './functions/types.ts';
import { lookUp } from './functions/variables.ts';
import { type Evaluate, type Item, type Items, Node, type Scope, type System, none, truth } from './item.ts';
import { Moment, type MomentKind } from './moment.ts';
import { isObject, pushMember, typeAt } from './navigate.ts';
import { add, and, compare, concatenate, divide, implies, multiply, negate, or, xor } from './operators.ts';
import { Quantity } from './quantity.ts';
import type { Ast } from './syntax.ts';

type Of<Kind extends Ast['kind']> = Extract<Ast, { kind: Kind }>;
const kinds: Readonly<Record<string, MomentKind>> = { date: 'Date', dateTime: 'DateTime', time: 'Time' };

export const literalValue = ({ type, text, unit, at }: Of<'literal'>): System => {
  switch (type) {
    case 'boolean': return text === 'true';
    case 'string': return text;
    case 'integer': {
      const value = Number(text);
      return value <= 2 ** 31 ? value : BigInt(text);
    }
    case 'long': return BigInt(text);
    case 'decimal': return Decimal.parse(text) ?? Decimal.of(0);
    case 'quantity': return Quantity.of(Decimal.parse(text) ?? Decimal.of(0), unit ?? "'1'");
    default: {
      const moment = Moment.parse(text, kinds[type] ?? 'Date');
      if (!moment) throw new FhirPathError('syntax', 'no such date or time', at);
      return moment;
    }
  }
};

const constants: Readonly<Record<string, string>> = { ucum: 'http://unitsofmeasure.org', sct: 'http://snomed.info/sct', loinc: 'http://loinc.org' };

const fromJson = (value: unknown): Items => {
  if (value === undefined || value === null) return none;
  if (Array.isArray(value)) return value.flatMap((one) => fromJson(one));
  if (typeof value === 'object') return [new Node(value as never, typeAt(value as never, undefined))];
  if (typeof value === 'number') return [Number.isSafeInteger(value) ? value : Decimal.of(value)];
  return typeof value === 'string' || typeof value === 'boolean' ? [value] : none;
};

/** %name: http://hl7.org/fhirpath/N1/#environment-variables, http://hl7.org/fhir/R4/fhirpath.html#variables */
const variable = ({ name, at }: Of<'variable'>): Evaluate => {
  if (Object.hasOwn(constants, name)) return () => [constants[name] as string];
  if (name.startsWith('vs-')) return () => [`http://hl7.org/fhir/ValueSet/${name.slice(3)}`];
  if (name.startsWith('ext-')) return () => [`http://hl7.org/fhir/StructureDefinition/${name.slice(4)}`];
  if (name === 'resource') return ({ env }) => [new Node(env.resource, typeAt(env.resource, undefined))];
  if (name === 'rootResource') return ({ env }) => [new Node(env.rootResource ?? env.resource, typeAt(env.rootResource ?? env.resource, undefined))];
  if (name === 'context') return ({ env, context }) => (env.context === undefined ? [context] : fromJson(env.context));
  return ({ env, variables }) => {
    const value = lookUp(variables, name) ?? (env.variables?.has(name) ? fromJson(env.variables.get(name)) : undefined);
    if (!value) throw new FhirPathError('semantic', `there is no variable %${name}`, at);
    return value;
  };
};

/** A leading name that is the type of the focus (or one of its ancestors) stands for the focus. */
const member = ({ target, name }: Of<'member'>, { compile, model }: Compiling): Evaluate => {
  const source = target && compile(target);
  const mayBeType = !source && model.type(name) !== undefined;
  return (scope) => {
    const input = source ? source(scope) : scope.focus;
    if (input.length === 0) return none;
    const out: Item[] = [];
    for (const item of input) {
      if (mayBeType && item instanceof Node && item.type !== undefined && isObject(item.value) && model.isA(item.type, name)) out.push(item);
      else pushMember(out, item, name, model, scope.env);
    }
    return out;
  };
};

const binary = ({ operator, left, right }: Of<'binary'>, { compile }: Compiling): Evaluate => {
  const a = compile(left);
  // Variables that one side defines are not the other's.
  const apart = (side: Evaluate, scope: Scope): Items => {
    const before = scope.variables;
    const items = side(scope);
    scope.variables = before;
    return items;
  };
  const b = compile(right);
  const both = (run: (x: Items, y: Items) => Items): Evaluate => (scope) => run(apart(a, scope), apart(b, scope));
  const logic = (run: (x: boolean | undefined, y: boolean | undefined) => boolean | undefined, decides?: boolean): Evaluate => (scope) => {
    const x = booleanOf(apart(a, scope), operator);
    return x !== undefined && x === decides ? truth(run(x, undefined)) : truth(run(x, booleanOf(apart(b, scope), operator)));
  };
  const order = (accept: (order: number) => boolean): Evaluate => both((x, y) => {
    const result = compare(x, y, operator);
    return truth(result === undefined ? undefined : accept(result));
  });
  const within = (one: Items, many: Items): Items => {
    const item = single(one, operator);
    return item === undefined ? none : truth(Distinct.of(many).has(item));
  };
  const opposite = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
  switch (operator) {
    case 'and': return logic(and, false);
    case 'or': return logic(or, true);
    case 'xor': return logic(xor);
    case 'implies': return logic(implies, false);
    case '=': return both((x, y) => truth(equal(x, y)));
    case '!=': return both((x, y) => truth(opposite(equal(x, y))));
    case '~': return both((x, y) => truth(equivalent(x, y)));
    case '!~': return both((x, y) => truth(!equivalent(x, y)));
    case '<': return order((sign) => sign < 0);
    case '>': return order((sign) => sign > 0);
    case '<=': return order((sign) => sign <= 0);
    case '>=': return order((sign) => sign >= 0);
    case '+': return both((x, y) => add(x, y, 1));
    case '-': return both((x, y) => add(x, y, -1));
    case '*': case '/': return both((x, y) => multiply(x, y, operator));
    case 'div': case 'mod': return both((x, y) => divide(x, y, operator));
    case '&': return both(concatenate);
    case '|': return both(united);
    case 'in': return both(within);
    case 'contains': return both((x, y) => within(y, x));
  }
};

const call = (ast: Of<'call'>, compiling: Compiling): Evaluate => {
  const row = allFunctions.get(ast.name);
  if (!row) throw unknownFunction(ast.name, ast.at);
  if (ast.args.length < row.least || ast.args.length > row.most) throw new FhirPathError('semantic', `${ast.name}() takes another number of arguments`, ast.at);
  const target: Evaluate = ast.target ? compiling.compile(ast.target) : (scope) => scope.focus;
  return row.build(target, ast.args, compiling);
};

/** Any expression as a function over collections of items: the whole language, one closure a node. */
export const interpret = (ast: Ast, compiling: Compiling): Evaluate => {
  switch (ast.kind) {
    case 'empty': return () => none;
    case 'literal': {
      const items: Items = Object.freeze([literalValue(ast)]);
      return () => items;
    }
    case 'variable': return variable(ast);
    case 'special':
      if (ast.name === '$this') return (scope) => scope.focus;
      return ast.name === '$total' ? (scope) => scope.total : (scope) => (scope.index === undefined ? none : [scope.index]);
    case 'member': return member(ast, compiling);
    case 'call': return call(ast, compiling);
    case 'index': {
      const target = compiling.compile(ast.target);
      const index = compiling.compile(ast.index);
      return (scope) => {
        const at = wholeArgument(index(scope), 'an index');
        return at === undefined || at < 0 ? none : target(scope).slice(at, at + 1);
      };
    }
    case 'polarity': {
      const operand = compiling.compile(ast.operand);
      return (scope) => negate(operand(scope), ast.sign);
    }
    case 'type': return (ast.operator === 'is' ? buildIs : buildAs)(compiling.compile(ast.operand), ast.type, compiling);
    case 'binary': return binary(ast, compiling);
  }
};

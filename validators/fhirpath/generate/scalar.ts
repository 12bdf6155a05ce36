import type { Ast } from '../syntax.ts';
import { type Emitter, type Place, Unsupported, bail, quote } from './emitter.ts';
import { each } from './path.ts';

/** What values of one expression are, as far as comparing them goes. */
export type Family = 'text' | 'boolean' | 'integer' | 'decimal' | 'date' | 'dateTime' | 'time';

/** `before`: statements; `value`: expression of the plain value, undefined at run time for empty. */
export type Scalar = { readonly before: string; readonly value: string; readonly family: Family };

const families: Readonly<Record<string, Family>> = {
  boolean: 'boolean', integer: 'integer', positiveInt: 'integer', unsignedInt: 'integer', decimal: 'decimal',
  date: 'date', dateTime: 'dateTime', instant: 'dateTime', time: 'time',
};
const familyOf = (type: string | undefined, { model }: Emitter): Family => {
  if (type === undefined || !model.isPrimitive(type) || type === 'integer64') throw new Unsupported('scalar');
  return families[type] ?? 'text';
};
const expected: Readonly<Record<Family, string>> = { text: 'string', boolean: 'boolean', integer: 'number', decimal: 'number', date: 'string', dateTime: 'string', time: 'string' };

const constants: Readonly<Record<string, string>> = { ucum: 'http://unitsofmeasure.org', sct: 'http://snomed.info/sct', loinc: 'http://loinc.org' };

/** At most one primitive value. Two items, or one without value, are the closures' business. */
export const scalarCode = (ast: Ast, focus: Place, emitter: Emitter): Scalar => {
  if (ast.kind === 'literal') {
    if (ast.type === 'string') return { before: '', value: quote(ast.text), family: 'text' };
    if (ast.type === 'boolean') return { before: '', value: ast.text, family: 'boolean' };
    if (ast.type === 'integer' && ast.text.length <= 9) return { before: '', value: String(Number(ast.text)), family: 'integer' };
    if (ast.type === 'decimal' && ast.text.length <= 15) return { before: '', value: String(Number(ast.text)), family: 'decimal' };
    throw new Unsupported('literal');
  }
  if (ast.kind === 'variable' && Object.hasOwn(constants, ast.name)) return { before: '', value: quote(constants[ast.name] as string), family: 'text' };
  const count = counted(ast, focus, emitter);
  if (count) return count;
  if (ast.kind === 'binary' && ast.operator === '+') return joined(ast.left, ast.right, focus, emitter);
  if (ast.kind === 'call' && ast.target && ast.name === 'substring' && ast.args.length === 1) return substring(ast.target, ast.args[0] as Ast, focus, emitter);
  if (ast.kind === 'call' && ast.target && (ast.name === 'toString' || ast.name === 'length') && ast.args.length === 0) return text(ast.target, ast.name, focus, emitter);
  if (ast.kind === 'call' && ast.target && ast.name === 'trace' && ast.args.length === 1) return scalarCode(ast.target, focus, emitter);
  const result = emitter.name('t');
  const seen = new Set<Family>();
  const loop = each(ast, focus, emitter, (place) => {
    const family = familyOf(place.type, emitter);
    seen.add(family);
    // A value of another JSON type than the model's (a number in a string's place) is compared by the closures.
    return `if (${result} !== undefined || typeof ${place.value} !== '${expected[family]}') ${bail} ${result} = ${place.value};`;
  });
  const [family] = seen;
  if (seen.size !== 1 || family === undefined) throw new Unsupported('types');
  return { before: `let ${result}; ${loop}`, value: result, family };
};

/** count() and sums of counts. */
const counted = (ast: Ast, focus: Place, emitter: Emitter): Scalar | undefined => {
  if (ast.kind === 'call' && ast.name === 'count' && ast.target && ast.args.length === 0) {
    if (ast.target.kind === 'binary') throw new Unsupported('union');
    const count = emitter.name('c');
    const loop = each(ast.target, focus, emitter, () => `${count}++;`);
    return { before: `let ${count} = 0; ${loop}`, value: count, family: 'integer' };
  }
  if (ast.kind === 'binary' && ast.operator === '+') {
    const [left, right] = [counted(ast.left, focus, emitter), counted(ast.right, focus, emitter)];
    return left && right && { before: `${left.before} ${right.before}`, value: `(${left.value} + ${right.value})`, family: 'integer' };
  }
  return undefined;
};

/** '#' + id */
const joined = (left: Ast, right: Ast, focus: Place, emitter: Emitter): Scalar => {
  const [a, b] = [scalarCode(left, focus, emitter), scalarCode(right, focus, emitter)];
  if (a.family !== 'text' || b.family !== 'text') throw new Unsupported('+');
  const result = emitter.name('t');
  return { before: `${a.before} ${b.before} const ${result} = ${a.value} === undefined || ${b.value} === undefined ? undefined : ${a.value} + ${b.value};`, value: result, family: 'text' };
};

const text = (target: Ast, name: 'toString' | 'length', focus: Place, emitter: Emitter): Scalar => {
  const inner = scalarCode(target, focus, emitter);
  if (expected[inner.family] !== 'string' || (name === 'length' && inner.family !== 'text')) throw new Unsupported(name);
  if (name === 'toString') return { ...inner, family: 'text' };
  const result = emitter.name('t');
  return { before: `${inner.before} const ${result} = ${inner.value}?.length;`, value: result, family: 'integer' };
};

const substring = (target: Ast, start: Ast, focus: Place, emitter: Emitter): Scalar => {
  if (start.kind !== 'literal' || start.type !== 'integer') throw new Unsupported('substring');
  const inner = scalarCode(target, focus, emitter);
  if (inner.family !== 'text') throw new Unsupported('substring');
  const result = emitter.name('t');
  return { before: `${inner.before} const ${result} = ${inner.value} !== undefined && ${inner.value}.length > ${Number(start.text)} ? ${inner.value}.slice(${Number(start.text)}) : undefined;`, value: result, family: 'text' };
};

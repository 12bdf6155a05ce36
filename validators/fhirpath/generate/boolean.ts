import { regexOf } from '../regex.ts';
import { Node } from '../item.ts';
import { variantsByKey } from '../navigate.ts';
import type { Ast, BinaryOperator } from '../syntax.ts';
import { typeArgument, typeTest } from '../type-test.ts';
import { type Emitter, type Place, Unsupported, bail, isOpen, isResource, quote } from './emitter.ts';
import { each } from './path.ts';
import { type Family, scalarCode } from './scalar.ts';

/** `is`: an expression that is true, false or undefined; `sure`: never undefined. */
export type Truth = { readonly before: string; readonly is: string; readonly sure: boolean };
type Call = Extract<Ast, { kind: 'call' }>;
type Binary = Extract<Ast, { kind: 'binary' }>;

/** The three-valued boolean of any expression: known shapes as code, the rest as a call of the closures. */
export const booleanCode = (ast: Ast, focus: Place, emitter: Emitter): Truth => {
  try {
    return known(ast, focus, emitter);
  } catch (error) {
    if (!(error instanceof Unsupported) || focus.type === undefined) throw error;
    return { before: '', is: emitter.slow(ast, focus), sure: false };
  }
};

const known = (ast: Ast, focus: Place, emitter: Emitter): Truth => {
  if (ast.kind === 'literal' && ast.type === 'boolean') return { before: '', is: ast.text, sure: true };
  if (ast.kind === 'binary') return binary(ast, focus, emitter);
  if (ast.kind === 'call') return call(ast, focus, emitter);
  if (ast.kind === 'type' && ast.operator === 'is') return isOfType(ast.operand, ast, focus, emitter);
  if (ast.kind === 'member' || ast.kind === 'special') return singleton(ast, focus, emitter);
  throw new Unsupported(ast.kind);
};

const thisOf = (ast: Call): Ast => ast.target ?? { kind: 'special', name: '$this', at: ast.at };

/** Whether `ast` gives an item (for which `criterion` is true). */
const exists = (ast: Ast, focus: Place, emitter: Emitter, criterion?: Ast): Truth => {
  if (ast.kind === 'binary' && ast.operator === '|' && !criterion) {
    const [left, right] = [exists(ast.left, focus, emitter), exists(ast.right, focus, emitter)];
    return { before: `${left.before} ${right.before}`, is: `(${left.is} || ${right.is})`, sure: true };
  }
  const found = emitter.name('b');
  const label = emitter.name('L');
  const loop = each(ast, focus, emitter, (place) => {
    const hit = `${found} = true; break ${label};`;
    if (!criterion) return hit;
    const test = booleanCode(criterion, place, emitter);
    return `${test.before} if (${test.is} === true) { ${hit} }`;
  });
  return { before: `let ${found} = false; ${label}: {\n${loop}\n}`, is: found, sure: true };
};

const negated = (truth: Truth): Truth => {
  if (truth.sure) return { ...truth, is: `(!${truth.is})` };
  return { before: truth.before, is: `R.not(${truth.is})`, sure: false };
};

const call = (ast: Call, focus: Place, emitter: Emitter): Truth => {
  const target = thisOf(ast);
  const [argument] = ast.args;
  switch (ast.name) {
    case 'exists': return exists(target, focus, emitter, argument);
    case 'empty': return negated(exists(target, focus, emitter));
    case 'not': return negated(booleanCode(target, focus, emitter));
    case 'all': {
      if (!argument) break;
      const all = emitter.name('b');
      const label = emitter.name('L');
      const loop = each(target, focus, emitter, (place) => {
        const test = booleanCode(argument, place, emitter);
        return `${test.before} if (${test.is} !== true) { ${all} = false; break ${label}; }`;
      });
      return { before: `let ${all} = true; ${label}: {\n${loop}\n}`, is: all, sure: true };
    }
    case 'hasValue': return hasValue(target, focus, emitter);
    case 'is': return isOfType(target, { type: typeArgument(argument) }, focus, emitter);
    case 'isDistinct': {
      const [set, distinct, label] = [emitter.name('d'), emitter.name('b'), emitter.name('L')];
      const loop = each(target, focus, emitter, (place) => {
        if (place.type === undefined || !emitter.model.isPrimitive(place.type) || ['decimal', 'date', 'dateTime', 'instant', 'time'].includes(place.type)) throw new Unsupported('distinct');
        return `if (${place.value} === undefined) ${bail} if (${set}.has(${place.value})) { ${distinct} = false; break ${label}; } ${set}.add(${place.value});`;
      });
      return { before: `const ${set} = new Set(); let ${distinct} = true; ${label}: {\n${loop}\n}`, is: distinct, sure: true };
    }
    case 'startsWith': case 'endsWith': case 'contains': case 'matches': return textTest(ast.name, target, argument, focus, emitter);
    case 'htmlChecks': case 'htmlChecks2': {
      const text = scalarCode(target, focus, emitter);
      if (text.family !== 'text') break;
      return { before: text.before, is: `(${text.value} === undefined ? undefined : R.${ast.name}(${text.value}))`, sure: false };
    }
  }
  return singleton(ast, focus, emitter);
};

const textTest = (name: string, target: Ast, argument: Ast | undefined, focus: Place, emitter: Emitter): Truth => {
  if (argument?.kind !== 'literal' || argument.type !== 'string') throw new Unsupported(name);
  const text = scalarCode(target, focus, emitter);
  if (expectedText.has(text.family)) {
    const method = { contains: 'includes' }[name] ?? name;
    const test = name === 'matches' ? `${emitter.constant(regexOf(argument.text))}.test(${text.value})` : `${text.value}.${method}(${quote(argument.text)})`;
    return { before: text.before, is: `(${text.value} === undefined ? undefined : ${test})`, sure: false };
  }
  throw new Unsupported(name);
};
const expectedText: ReadonlySet<Family> = new Set(['text', 'date', 'dateTime', 'time']);

const hasValue = (target: Ast, focus: Place, emitter: Emitter): Truth => {
  const count = emitter.name('c');
  const has = emitter.name('b');
  const loop = each(target, focus, emitter, (place) => {
    if (place.type === undefined) throw new Unsupported('choice');
    return `${count}++; ${has} = ${emitter.model.isPrimitive(place.type) ? `${place.value} !== undefined && ${place.value} !== null` : 'false'};`;
  });
  return { before: `let ${count} = 0, ${has} = false; ${loop}`, is: `(${count} === 1 && ${has})`, sure: true };
};

const isOfType = (target: Ast, { type }: { readonly type: Extract<Ast, { kind: 'type' }>['type'] }, focus: Place, emitter: Emitter): Truth => {
  const { model } = emitter;
  const test = typeTest(type, model, false);
  const result = emitter.name('b');
  const fits = (name: string): boolean => test(new Node(undefined, name));
  const loop = each(target, focus, emitter, (place) => {
    if (place.type === undefined) throw new Unsupported('choice');
    const once = `if (${result} !== undefined) ${bail}`;
    if (!isOpen(place.type)) return `${once} ${result} = ${String(fits(place.type))};`;
    if (type.namespace === 'System' || !isResource(model, type.name)) return `${once} ${result} = false;`;
    return `${once} ${result} = R.isA(${place.value}.resourceType, ${quote(type.name)});`;
  });
  return { before: `let ${result}; ${loop}`, is: result, sure: false };
};

/** A path as a boolean: one item that is no boolean counts as true. */
const singleton = (ast: Ast, focus: Place, emitter: Emitter): Truth => {
  const result = emitter.name('b');
  const loop = each(ast, focus, emitter, (place) =>
    `if (${result} !== undefined) ${bail} ${result} = typeof ${place.value} === 'boolean' ? ${place.value} : true;`);
  return { before: `let ${result}; ${loop}`, is: result, sure: false };
};

const binary = (ast: Binary, focus: Place, emitter: Emitter): Truth => {
  switch (ast.operator) {
    case 'and': case 'or': case 'implies': return logic(ast.operator, ast, focus, emitter);
    case 'xor': {
      const [a, b] = [booleanCode(ast.left, focus, emitter), booleanCode(ast.right, focus, emitter)];
      const before = `${a.before} ${b.before}`;
      return a.sure && b.sure ? { before, is: `(${a.is} !== ${b.is})`, sure: true } : { before, is: `R.xor(${a.is}, ${b.is})`, sure: false };
    }
    case 'in': return member(ast, focus, emitter);
    case '=': case '!=': case '<': case '>': case '<=': case '>=': return comparison(ast, ast.operator, focus, emitter);
    default: throw new Unsupported(ast.operator);
  }
};

const logic = (operator: 'and' | 'or' | 'implies', ast: Binary, focus: Place, emitter: Emitter): Truth => {
  const left = booleanCode(ast.left, focus, emitter);
  const right = booleanCode(ast.right, focus, emitter);
  const result = emitter.name('b');
  const decides = operator === 'or' ? 'true' : 'false';
  const decided = operator === 'and' ? 'false' : 'true';
  const sure = left.sure && right.sure;
  const rest = left.sure ? right.is : `R.${operator}(${result}, ${right.is})`;
  return {
    before: `${left.before} let ${result} = ${left.is}; if (${result} === ${decides}) ${result} = ${decided}; else {\n${right.before} ${result} = ${rest};\n}`,
    is: result, sure,
  };
};

/** `x in ('a' | 'b' | …)`; any other right side only where the left is not empty. */
const member = (ast: Binary, focus: Place, emitter: Emitter): Truth => {
  const left = scalarCode(ast.left, focus, emitter);
  const words = literals(ast.right);
  if (words && left.family === 'text') return { before: left.before, is: `(${left.value} === undefined ? undefined : ${emitter.constant(new Set(words))}.has(${left.value}))`, sure: false };
  if (mentionsOfResource(ast.right) && startsWithHash(ast.left) && left.family === 'text') {
    const mentions = emitter.hoisted();
    return { before: left.before, is: `(${left.value} === undefined ? undefined : (${mentions} ??= R.hashMentions(env.resource)).has(${left.value}))`, sure: false };
  }
  if (focus.type === undefined) throw new Unsupported('in');
  return { before: left.before, is: `(${left.value} === undefined ? undefined : ${emitter.slow(ast, focus)})`, sure: false };
};
const startsWithHash = (ast: Ast): boolean =>
  ast.kind === 'binary' && ast.operator === '+' && ast.left.kind === 'literal' && ast.left.text.startsWith('#');

/** `%resource.descendants().reference | %resource.descendants().as(canonical) | …as(uri) | …as(url)`, all four: one walk finds them. */
const mentionsOfResource = (ast: Ast): boolean => {
  const found = new Set<string | undefined>();
  const leaf = (node: Ast): string | undefined => {
    const from = node.kind === 'member' || node.kind === 'call' ? node.target : undefined;
    const everywhere = from?.kind === 'call' && from.name === 'descendants' && from.target?.kind === 'variable' && from.target.name === 'resource';
    if (!everywhere) return undefined;
    if (node.kind === 'member') return node.name;
    return node.kind === 'call' && (node.name === 'as' || node.name === 'ofType') ? typeArgument(node.args[0]).name : undefined;
  };
  const visit = (node: Ast): void => {
    if (node.kind !== 'binary' || node.operator !== '|') found.add(leaf(node));
    else for (const side of [node.left, node.right]) visit(side);
  };
  visit(ast);
  return found.size === 4 && ['reference', 'canonical', 'uri', 'url'].every((name) => found.has(name));
};
const literals = (ast: Ast): readonly string[] | undefined => {
  if (ast.kind === 'literal') return ast.type === 'string' ? [ast.text] : undefined;
  if (ast.kind !== 'binary' || ast.operator !== '|') return undefined;
  const [left, right] = [literals(ast.left), literals(ast.right)];
  return left && right && [...left, ...right];
};

const isTest = (ast: Ast): boolean => ast.kind === 'call' && ['exists', 'empty', 'hasValue', 'all', 'isDistinct'].includes(ast.name);
const moments: ReadonlySet<Family> = new Set(['date', 'dateTime']);
const numbers: ReadonlySet<Family> = new Set(['integer', 'decimal']);

const comparison = (ast: Binary, operator: BinaryOperator, focus: Place, emitter: Emitter): Truth => {
  const equality = operator === '=' || operator === '!=';
  const sign = operator === '=' ? '===' : operator === '!=' ? '!==' : operator;
  if (equality && isTest(ast.left) && isTest(ast.right)) {
    const [a, b] = [booleanCode(ast.left, focus, emitter), booleanCode(ast.right, focus, emitter)];
    if (!a.sure || !b.sure) throw new Unsupported('unsure');
    return { before: `${a.before} ${b.before}`, is: `(${a.is} ${sign} ${b.is})`, sure: true };
  }
  const childless = besidesId(ast, focus, emitter);
  if (childless) return childless;
  const [a, b] = [scalarCode(ast.left, focus, emitter), scalarCode(ast.right, focus, emitter)];
  const before = `${a.before} ${b.before}`;
  const present = [a, b].filter(({ value }) => !/^(?:"|-?[0-9]|true|false|c[0-9]|\(c[0-9])/.test(value)).map(({ value }) => `${value} === undefined`);
  const whenPresent = (test: string): Truth => (present.length === 0 ? { before, is: `(${test})`, sure: true } : { before, is: `(${present.join(' || ')} ? undefined : ${test})`, sure: false });
  if (a.family === b.family && (a.family === 'text' || (a.family === 'boolean' && equality))) return whenPresent(`${a.value} ${sign} ${b.value}`);
  if (numbers.has(a.family) && numbers.has(b.family)) return whenPresent(`${a.value} ${sign} ${b.value}`);
  if (!equality && moments.has(a.family) && moments.has(b.family)) {
    const order = `R.order(${a.value}, ${b.value})`;
    const result = emitter.name('o');
    const test = whenPresent(order);
    return { before: `${test.before} const ${result} = ${test.is}; if (${result} === null) ${bail}`, is: `(${result} === undefined ? undefined : ${result} ${operator} 0)`, sure: false };
  }
  throw new Unsupported('comparison');
};

/** ele-1's `children().count() > id.count()`: some child that is no id. */
const besidesId = (ast: Binary, focus: Place, emitter: Emitter): Truth | undefined => {
  const counts = (side: Ast, of: (inner: Ast) => boolean): boolean =>
    side.kind === 'call' && side.name === 'count' && side.target !== undefined && of(side.target);
  if (ast.operator !== '>' || focus.type === undefined) return undefined;
  if (!counts(ast.left, (inner) => inner.kind === 'call' && inner.name === 'children' && !inner.target)) return undefined;
  if (!counts(ast.right, (inner) => inner.kind === 'member' && inner.name === 'id' && !inner.target)) return undefined;
  const { model } = emitter;
  const info = model.type(focus.type);
  const complex = info ? [...variantsByKey(info).values()].filter(({ type }) => !model.isPrimitive(type)).map(({ key }) => `_${key}`) : [];
  const object = model.isPrimitive(focus.type) ? focus.extra : focus.value;
  return { before: '', is: `R.childBesidesId(${object}, ${emitter.constant(new Set(complex))})`, sure: true };
};

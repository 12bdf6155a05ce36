import { typeTest, typeArgument, isKnownType } from '../type-test.ts';
import { Node } from '../item.ts';
import type { ElementInfo, Variant } from '../model.ts';
import type { Ast, TypeName } from '../syntax.ts';
import { booleanCode } from './boolean.ts';
import { type Emitter, type Place, Unsupported, bail, isOpen, isResource, property, quote } from './emitter.ts';

type Body = (place: Place) => string;

/** Code that runs `body` for each item of the path `ast`, seen from `focus`. */
export const each = (ast: Ast, focus: Place, emitter: Emitter, body: Body): string => {
  switch (ast.kind) {
    case 'special':
      if (ast.name === '$this') return body(focus);
      break;
    case 'variable':
      if (ast.name === 'resource') return openResource('env.resource', emitter, body);
      if (ast.name === 'rootResource') return openResource('(env.rootResource ?? env.resource)', emitter, body);
      break;
    case 'member':
      if (!ast.target) {
        const { model } = emitter;
        if (model.type(ast.name) && focus.type !== undefined && !isOpen(focus.type) && model.isA(focus.type, ast.name)) return body(focus);
        return step(focus, ast.name, emitter, body);
      }
      return each(ast.target, focus, emitter, (place) => step(place, ast.name, emitter, body));
    case 'type':
      if (ast.operator === 'as') return typed(ast.operand, ast.type, focus, emitter, body);
      break;
    case 'index':
      if (ast.index.kind === 'literal' && ast.index.type === 'integer') return nth(ast.target, Number(ast.index.text), focus, emitter, body);
      break;
    case 'call': return call(ast, focus, emitter, body);
  }
  throw new Unsupported(ast.kind);
};

const openResource = (expression: string, emitter: Emitter, body: Body): string => {
  const value = emitter.name('r');
  return `const ${value} = ${expression};\n${body({ value, extra: 'undefined', type: 'Resource' })}`;
};

const nth = (target: Ast, at: number, focus: Place, emitter: Emitter, body: Body): string => {
  const label = emitter.name('L');
  const count = emitter.name('n');
  return `let ${count} = 0; ${label}: {\n${each(target, focus, emitter, (place) => `if (${count}++ === ${at}) {\n${body(place)}\nbreak ${label}; }`)}\n}`;
};

const call = (ast: Extract<Ast, { kind: 'call' }>, focus: Place, emitter: Emitter, body: Body): string => {
  const target: Ast = ast.target ?? { kind: 'special', name: '$this', at: ast.at };
  const [argument] = ast.args;
  switch (ast.name) {
    case 'where': {
      if (!argument) break;
      return each(target, focus, emitter, (place) => {
        const test = booleanCode(argument, place, emitter);
        return `${test.before} if (${test.is} === true) {\n${body(place)}\n}`;
      });
    }
    case 'select':
      if (!argument) break;
      return each(target, focus, emitter, (place) => each(argument, place, emitter, body));
    case 'first': return nth(target, 0, focus, emitter, body);
    case 'trace':
      return each(target, focus, emitter, body); // only compile() reports traces
    case 'ofType': case 'as': return typed(target, typeArgument(argument), focus, emitter, body);
    case 'extension': {
      if (argument?.kind !== 'literal' || argument.type !== 'string') break;
      const url = quote(argument.text);
      return each(target, focus, emitter, (place) => step(place, 'extension', emitter, (extension) => `if (${extension.value}.url === ${url}) {\n${body(extension)}\n}`));
    }
    case 'resolve':
      return each(target, focus, emitter, (place) => {
        const value = emitter.name('r');
        return `const ${value} = R.resolve(${place.value}, env); if (${value} !== undefined) {\n${body({ value, extra: 'undefined', type: 'Resource' })}\n}`;
      });
  }
  throw new Unsupported(ast.name);
};

/** ofType: of a choice the variant with the type is read and no other. */
const typed = (target: Ast, type: TypeName, focus: Place, emitter: Emitter, body: Body): string => {
  const { model } = emitter;
  if (!isKnownType(type, model)) throw new Unsupported('type');
  const test = typeTest(type, model, true);
  const fits = (name: string): boolean => test(new Node(undefined, name));
  if (target.kind === 'member') {
    const filtered = (place: Place): string => {
      const element = elementOf(place, target.name, emitter);
      if (!element) return '';
      const variants = element.variants.filter((variant) => fits(variant.type));
      if (element.variants.some((variant) => isOpen(variant.type))) throw new Unsupported('open');
      return variants.map((variant) => read(place, variant, element.many, emitter, body)).join('\n');
    };
    return target.target ? each(target.target, focus, emitter, filtered) : filtered(focus);
  }
  return each(target, focus, emitter, (place) => {
    if (place.type === undefined) throw new Unsupported('choice');
    if (isOpen(place.type)) {
      return isOpen(type.name) || !isResource(model, type.name) ? unsupported() : `if (${place.value}.resourceType === ${quote(type.name)}) {\n${body({ ...place, type: type.name })}\n}`;
    }
    return fits(place.type) ? body(place) : '';
  });
};
const unsupported = (): never => {
  throw new Unsupported('type');
};

/** Undefined: no such element, so empty. */
const elementOf = (place: Place, name: string, { model }: Emitter): ElementInfo | undefined => {
  if (place.type === undefined) throw new Unsupported('choice');
  const info = model.type(place.type);
  if (!info || info.kind === 'primitive') throw new Unsupported('primitive');
  const element = info.elements.get(name);
  if (!element && isOpen(place.type)) {
    const domain = model.type('DomainResource')?.elements.get(name);
    if (!domain) throw new Unsupported('open');
    return domain;
  }
  return element;
};

const step = (place: Place, name: string, emitter: Emitter, body: Body): string => {
  const { model } = emitter;
  if (place.type !== undefined && model.isPrimitive(place.type)) {
    if (name !== 'extension' || place.extra === 'undefined') throw new Unsupported('primitive');
    const extra = emitter.name('x');
    return `const ${extra} = ${place.extra}; if (typeof ${extra} === 'object' && ${extra} !== null) {\n${read({ value: extra, extra: 'undefined', type: 'Element' }, { key: 'extension', type: 'Extension' }, true, emitter, body)}\n}`;
  }
  const element = elementOf(place, name, emitter);
  if (!element) return '';
  const [first] = element.variants;
  if (element.variants.length === 1 && first) return read(place, first, element.many, emitter, body);
  // A choice: its one key is looked for among the object's few, and the type stays open.
  const keys = emitter.constant(new Set(element.variants.flatMap(({ key, type }) => (model.isPrimitive(type) ? [key, `_${key}`] : [key]))));
  const key = emitter.name('k');
  const value = emitter.name('v');
  return `const ${key} = R.choiceKey(${place.value}, ${keys}); if (${key} === null) ${bail} if (${key} !== undefined) { const ${value} = ${place.value}[${key}];\n${body({ value, extra: 'undefined', type: undefined })}\n}`;
};

const read = (place: Place, variant: Variant, many: boolean, emitter: Emitter, body: Body): string => {
  const value = emitter.name('v');
  const start = `const ${value} = ${property(place.value, variant.key)};`;
  if (emitter.model.isPrimitive(variant.type)) return start + primitive(place, value, variant, many, emitter, body);
  if (emitter.model.type(variant.type) === undefined) throw new Unsupported('type');
  if (!many) return `${start} if (${value} !== undefined) { if (R.odd(${value})) ${bail}\n${body({ value, extra: 'undefined', type: variant.type })}\n}`;
  const item = emitter.name('e');
  const i = emitter.name('i');
  return `${start} if (${value} !== undefined) { if (!Array.isArray(${value})) ${bail}
for (let ${i} = 0; ${i} < ${value}.length; ${i}++) { const ${item} = ${value}[${i}]; if (R.odd(${item})) ${bail}\n${body({ value: item, extra: 'undefined', type: variant.type })}\n} }`;
};

const primitive = (place: Place, value: string, variant: Variant, many: boolean, emitter: Emitter, body: Body): string => {
  const sibling = property(place.value, `_${variant.key}`);
  const { type } = variant;
  if (!many) return ` if (${value} !== undefined || ${sibling} !== undefined) { if (typeof ${value} === 'object' || (${value} === undefined && R.odd(${sibling}))) ${bail}\n${body({ value, extra: sibling, type })}\n}`;
  const [item, i, beside] = [emitter.name('e'), emitter.name('i'), emitter.name('s')];
  return ` if (${value} !== undefined || ${sibling} !== undefined) { const ${beside} = ${sibling}; if (!Array.isArray(${value}) || (${beside} !== undefined && !(Array.isArray(${beside}) && ${beside}.length <= ${value}.length))) ${bail}
for (let ${i} = 0; ${i} < ${value}.length; ${i}++) { const ${item} = ${value}[${i}]; if (typeof ${item} === 'object') ${bail}\n${body({ value: item, extra: `(${beside} === undefined ? undefined : ${beside}[${i}])`, type })}\n} }`;
};

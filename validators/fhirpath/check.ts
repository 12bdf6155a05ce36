import { FhirPathError } from './fhirpath-error.ts';
import type { Model } from './model.ts';
import type { Ast, TypeName } from './syntax.ts';
import { isKnownType, typeArgument } from './type-test.ts';

/**
 * The static check of strict mode: every name exists in the model, and nothing asks for the order of
 * an unordered collection. http://hl7.org/fhirpath/N1/#type-safety-and-strict-evaluation
 * `types` undefined: nobody knows, so anything goes.
 */
type Known = { readonly types: readonly string[] | undefined; readonly ordered: boolean };

const unknown: Known = { types: undefined, ordered: true };
const sameItems = new Set(['where', 'first', 'last', 'tail', 'skip', 'take', 'single', 'distinct', 'trace', 'intersect', 'exclude', 'sort', 'defineVariable']);
const positional = new Set(['first', 'last', 'tail', 'skip', 'take']);
const perItem = new Set(['where', 'select', 'all', 'exists', 'repeat', 'repeatAll', 'trace', 'sort', 'aggregate', 'iif']);
const typed = new Set(['is', 'as', 'ofType']);

const semantic = (message: string, at: number): FhirPathError => new FhirPathError('semantic', message, at);

export const check = (ast: Ast, contextType: string, model: Model): void => {
  const narrowed = (type: TypeName, at: number): Known => {
    if (!isKnownType(type, model)) throw semantic(`there is no type ${type.name}`, at);
    return { types: model.type(type.name) ? [type.name] : undefined, ordered: true };
  };

  const member = (from: Known, name: string, at: number): Known => {
    if (!from.types?.every((type) => model.type(type)?.kind === 'complex' || model.type(type)?.kind === 'resource')) return { ...unknown, ordered: from.ordered };
    const types = from.types.flatMap((type) => model.type(type)?.elements.get(name)?.variants.map((variant) => variant.type) ?? []);
    if (types.length > 0) return { types, ordered: from.ordered };
    // An abstract resource may be any of those that have the element.
    if (from.types.some((type) => type === 'Resource' || type === 'DomainResource')) return unknown;
    throw semantic(`there is no element ${name} here`, at);
  };

  const call = (node: Extract<Ast, { kind: 'call' }>, focus: Known): Known => {
    const target = node.target ? infer(node.target, focus) : focus;
    if (!target.ordered && positional.has(node.name)) throw semantic(`${node.name}() asks for an order that its input does not have`, node.at);
    if (typed.has(node.name)) {
      const type = typeArgument(node.args[0]);
      return node.name === 'is' ? unknown : narrowed(type, node.at);
    }
    const inside = perItem.has(node.name) ? { ...target, ordered: true } : focus;
    const results = node.args.map((argument) => infer(argument, inside));
    if (node.name === 'children' || node.name === 'descendants') return { types: undefined, ordered: false };
    if (node.name === 'select') return results[0] ?? unknown;
    return sameItems.has(node.name) ? target : unknown;
  };

  const infer = (node: Ast, focus: Known): Known => {
    switch (node.kind) {
      case 'special': return node.name === '$this' ? focus : unknown;
      case 'member':
        if (!node.target && model.type(node.name) && focus.types?.every((type) => model.isA(type, node.name))) return focus;
        return member(node.target ? infer(node.target, focus) : focus, node.name, node.at);
      case 'call': return call(node, focus);
      case 'index': {
        const target = infer(node.target, focus);
        if (!target.ordered) throw semantic('an index asks for an order that its input does not have', node.at);
        infer(node.index, focus);
        return target;
      }
      case 'polarity': return infer(node.operand, focus);
      case 'type': {
        infer(node.operand, focus);
        return node.operator === 'as' ? narrowed(node.type, node.at) : unknown;
      }
      case 'binary': {
        const [left, right] = [infer(node.left, focus), infer(node.right, focus)];
        return node.operator === '|' && left.types && right.types ? { types: [...left.types, ...right.types], ordered: false } : unknown;
      }
      default: return unknown;
    }
  };
  infer(ast, { types: [contextType], ordered: true });
};

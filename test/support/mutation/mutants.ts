import { parseSync } from 'vite';

/** One change of one file's source that breaks a condition. */
export type Mutant = { readonly file: string; readonly line: number; readonly was: string; readonly becomes: string; readonly source: string };

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>;

const opposite: Readonly<Record<string, string>> = {
  '===': '!==', '!==': '===', '<': '>=', '>': '<=', '<=': '>', '>=': '<', '+': '-', '-': '+', '*': '/', '/': '*', '&&': '||', '||': '&&' };
// What a whole asks of its parts.
const quantifiers: Readonly<Record<string, string>> = { some: 'every', every: 'some' };

/** Every condition of a TypeScript source broken once: comparisons and arithmetic turned round, `and` for `or`, a `not` dropped, a test negated, some for every. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const change = (from: number, to: number, becomes: string): void => {
    found.push({ file, line: source.slice(0, from).split('\n').length, was: source.slice(from, to), becomes, source: `${source.slice(0, from)}${becomes}${source.slice(to)}` });
  };
  const text = (node: Node): string => source.slice(node.start, node.end);
  const visit = (node: Node, parents: readonly Node[]): void => {
    const [left, right] = [node['left'], node['right']] as (Node | undefined)[];
    const operator = String(node['operator'] ?? '');
    if ((node.type === 'BinaryExpression' || node.type === 'LogicalExpression') && left !== undefined && right !== undefined && opposite[operator] !== undefined && !isText(left) && !isText(right)) {
      const at = source.indexOf(operator, left.end);
      change(at, at + operator.length, opposite[operator] ?? operator);
    }
    if (node.type === 'UnaryExpression' && operator === '!') change(node.start, node.end, `(${text(node['argument'] as Node)})`);
    if ((node.type === 'ConditionalExpression' || node.type === 'IfStatement')) {
      const tested = node['test'] as Node;
      // A comparison is turned round already.
      if (tested.type !== 'BinaryExpression' && !(tested.type === 'UnaryExpression' && tested['operator'] === '!')) change(tested.start, tested.end, `!(${text(tested)})`);
    }
    if (node.type === 'MemberExpression' && node['computed'] !== true) {
      const property = node['property'] as Node, other = quantifiers[text(property)];
      if (other !== undefined && parents.at(-1)?.type === 'CallExpression') change(property.start, property.end, other);
    }
    for (const key in node) if (key !== 'parent' && !key.startsWith('type') || key === 'typeArguments') each(node[key], (child) => visit(child, [...parents, node]));
  };
  const { program } = parseSync(file, source);
  visit(program as unknown as Node, []);
  return found;
}

// A + between texts is no arithmetic.
const isText = (node: Node): boolean => node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string');

function each(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) each(item, visit);
  else if (typeof (value as Node).type === 'string' && typeof (value as Node).start === 'number') visit(value as Node);
}

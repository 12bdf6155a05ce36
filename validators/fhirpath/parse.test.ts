import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FhirPathError } from './fhirpath-error.ts';
import { parse } from './parse.ts';
import type { Ast } from './syntax.ts';

/** The tree with parentheses everywhere. */
const shown = (ast: Ast): string => {
  switch (ast.kind) {
    case 'empty': return '{}';
    case 'literal': return ast.type === 'string' ? `'${ast.text}'` : ast.text + (ast.unit === undefined ? '' : ` ${ast.unit}`);
    case 'variable': return `%${ast.name}`;
    case 'special': return ast.name;
    case 'member': return (ast.target ? `${shown(ast.target)}.` : '') + ast.name;
    case 'call': return `${ast.target ? `${shown(ast.target)}.` : ''}${ast.name}(${ast.args.map(shown).join(', ')})`;
    case 'index': return `${shown(ast.target)}[${shown(ast.index)}]`;
    case 'polarity': return `(${ast.sign}${shown(ast.operand)})`;
    case 'type': return `(${shown(ast.operand)} ${ast.operator} ${[ast.type.namespace, ast.type.name].filter(Boolean).join('.')})`;
    case 'binary': return `(${shown(ast.left)} ${ast.operator} ${shown(ast.right)})`;
  }
};

test.each([
  ['a or b and c', '(a or (b and c))'],
  ['a implies b or c', '(a implies (b or c))'],
  ['a = b | c', '(a = (b | c))'],
  ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
  ['-a.b()', '(-a.b())'],
  ['a | b is C', '(a | (b is C))'],
  ['a > b is System.Boolean', '(a > (b is System.Boolean))'],
  ['a.where(b = \'x\')[0].c', "a.where((b = 'x'))[0].c"],
  ['a in b and c contains d', '((a in b) and (c contains d))'],
  ["4 days > 3 'wk'", "(4 days > 3 'wk')"],
  ['%`vs-x` = %resource', '(%vs-x = %resource)'],
  ['a.as.is', 'a.as.is'],
  ['/* x */ a // y', 'a'],
  ["'\\u0041\\'\\/'", "'A'/'"],
  ['@2015-02-04T14:34:28Z = @T14', '(2015-02-04T14:34:28Z = 14)'],
])('%s', (expression, tree) => {
  expect(shown(parse(expression))).toBe(tree);
});

test.each(['', '2 +', 'a b', 'a.', "'open", '(a', 'a[', '{a}', '$that', '%', 'a..b', 'a,b', '/* open', 'a.where(', '@20155', 'a is', '"\\u00g0"'])('%j is no FHIRPath', (expression) => {
  expect(() => parse(expression)).toThrow(FhirPathError);
});

describe('hostile expressions', () => {
  test.each([['parentheses', '('], ['signs', '-'], ['calls', 'a.where('], ['indexers', 'a[']])('nested %s', (_name, part) => {
    expect(() => parse(part.repeat(30_000))).toThrow(FhirPathError);
  });
  test.each([['operands', '1+'], ['steps', 'a.']])('very many %s', (_name, part) => {
    expect(() => parse(`${part.repeat(30_000)}1`)).toThrow(FhirPathError);
  });

  const pieces = fc.constantFrom('a', '.', '(', ')', '[', ']', ' ', '-', '+', 'is', 'as', 'and', "'", '`', '1', '1.5', 'days', '@2014', '@T', '%', '$this', '{', '}', '|', '=', '!~', ',', '//', '/*', '*/', '\\', '\n', 'where', 'L', 'é', '\u0000');
  test('any text parses or gives FhirPathError, at once', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))), (text) => {
      const start = performance.now();
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FhirPathError);
      }
      expect(performance.now() - start).toBeLessThan(1_000);
    }), { numRuns: 3_000 });
  });
});

import { FhirPathError } from './fhirpath-error.ts';
import { type Ast, type BinaryOperator, type TypeName, calendarUnits } from './syntax.ts';
import { type Token, tokens } from './token.ts';

// Grammar: http://hl7.org/fhirpath/N1/#grammar. Higher binds tighter.
const binding: ReadonlyMap<string, number> = new Map(
  [['implies'], ['or', 'xor'], ['and'], ['in', 'contains'], ['=', '~', '!=', '!~'], ['<', '>', '<=', '>='], ['|'], ['is', 'as'], ['+', '-', '&'], ['*', '/', 'div', 'mod']]
    .flatMap((operators, level) => operators.map((operator) => [operator, level + 1] as const)),
);
const polarityBinding = 11;

/** Deeper than any published expression; keeps every recursion over the tree far from the stack's end. */
const maximumDepth = 400;
const maximumLength = 100_000;

class Parser {
  readonly #tokens: Token[];
  #next = 0;
  #open = 0;
  readonly #depths = new WeakMap<Ast, number>();
  constructor(source: string) {
    this.#tokens = tokens(source);
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token; // the last token is `end` and is never passed
  }
  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }
  #at(text: string): boolean {
    const token = this.#peek();
    return token.text === text && token.kind === 'symbol';
  }
  #expect(text: string): void {
    if (!this.#at(text)) throw new FhirPathError('syntax', `expected ${text}`, this.#peek().at);
    this.#next++;
  }
  #made<Node extends Ast>(node: Node, ...children: readonly Ast[]): Node {
    let depth = 0;
    for (const child of children) depth = Math.max(depth, this.#depths.get(child) ?? 0);
    if (++depth > maximumDepth) throw new FhirPathError('syntax', 'nested too deeply', node.at);
    this.#depths.set(node, depth);
    return node;
  }

  whole(): Ast {
    const ast = this.#expression(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new FhirPathError('syntax', 'expected the end of the expression', rest.at);
    return ast;
  }

  #expression(minimum: number): Ast {
    if (++this.#open > maximumDepth) throw new FhirPathError('syntax', 'nested too deeply', this.#peek().at);
    let left = this.#prefix();
    for (;;) {
      const token = this.#peek();
      const power = token.kind === 'symbol' || token.kind === 'name' ? binding.get(token.text) : undefined;
      if (power === undefined || power <= minimum) break;
      this.#next++;
      if (token.text === 'is' || token.text === 'as') {
        left = this.#made({ kind: 'type', operator: token.text, operand: left, type: this.#typeName(), at: token.at }, left);
      } else {
        const right = this.#expression(power);
        left = this.#made({ kind: 'binary', operator: token.text as BinaryOperator, left, right, at: token.at }, left, right);
      }
    }
    this.#open--;
    return left;
  }

  #prefix(): Ast {
    const token = this.#peek();
    if (token.kind === 'symbol' && (token.text === '+' || token.text === '-')) {
      this.#next++;
      const operand = this.#expression(polarityBinding);
      return this.#made({ kind: 'polarity', sign: token.text, operand, at: token.at }, operand);
    }
    return this.#postfix(this.#term());
  }

  #postfix(term: Ast): Ast {
    let left = term;
    for (;;) {
      const { at } = this.#peek();
      if (this.#at('.')) {
        this.#next++;
        left = this.#invocation(left);
      } else if (this.#at('[')) {
        this.#next++;
        const index = this.#expression(0);
        this.#expect(']');
        left = this.#made({ kind: 'index', target: left, index, at }, left, index);
      } else return left;
    }
  }

  #invocation(target?: Ast): Ast {
    const token = this.#take();
    const around = target ? { target } : {};
    const below = target ? [target] : [];
    if (token.kind === 'special') {
      if (target) throw new FhirPathError('syntax', `${token.text} cannot follow a dot`, token.at);
      return this.#made({ kind: 'special', name: token.text as '$this', at: token.at });
    }
    if (token.kind !== 'name' && token.kind !== 'quoted') throw new FhirPathError('syntax', 'expected a name', token.at);
    if (token.kind === 'name' && this.#at('(')) {
      const args = this.#arguments();
      return this.#made({ kind: 'call', ...around, name: token.text, args, at: token.at }, ...below, ...args);
    }
    return this.#made({ kind: 'member', ...around, name: token.text, at: token.at }, ...below);
  }

  #arguments(): Ast[] {
    this.#expect('(');
    const args: Ast[] = [];
    while (!this.#at(')')) {
      if (args.length > 0) this.#expect(',');
      const argument = this.#expression(0);
      // sort(): a key may be followed by its direction, http://build.fhir.org/ig/HL7/FHIRPath/#sort
      const { kind, text, at } = this.#peek();
      if (kind === 'name' && (text === 'asc' || text === 'desc')) {
        this.#next++;
        args.push(text === 'asc' ? argument : this.#made({ kind: 'polarity', sign: '-', operand: argument, at }, argument));
      } else args.push(argument);
    }
    this.#next++;
    return args;
  }

  #term(): Ast {
    const token = this.#peek();
    const { at, text } = token;
    switch (token.kind) {
      case 'string': case 'date': case 'dateTime': case 'time': case 'long':
        this.#next++;
        return this.#made({ kind: 'literal', type: token.kind, text, at });
      case 'integer': case 'decimal': {
        this.#next++;
        const unit = this.#unit();
        return this.#made(unit === undefined ? { kind: 'literal', type: token.kind, text, at } : { kind: 'literal', type: 'quantity', text, unit, at });
      }
      case 'variable':
        this.#next++;
        return this.#made({ kind: 'variable', name: text, at });
      case 'symbol':
        if (text === '(') {
          this.#next++;
          const inner = this.#expression(0);
          this.#expect(')');
          return inner;
        }
        if (text === '{') {
          this.#next++;
          this.#expect('}');
          return this.#made({ kind: 'empty', at });
        }
        break;
      case 'name':
        if ((text === 'true' || text === 'false') && this.#tokens[this.#next + 1]?.text !== '(') {
          this.#next++;
          return this.#made({ kind: 'literal', type: 'boolean', text, at });
        }
        return this.#invocation();
      case 'quoted': case 'special':
        return this.#invocation();
    }
    throw new FhirPathError('syntax', 'expected a value', at);
  }

  #unit(): string | undefined {
    const { kind, text } = this.#peek();
    if (kind !== 'string' && !(kind === 'name' && calendarUnits.has(text))) return undefined;
    this.#next++;
    // A quoted unit is marked so that 'year' and year stay apart from UCUM's 'a'.
    return kind === 'string' ? `'${text}'` : text;
  }

  #typeName(): TypeName {
    const first = this.#take();
    if (first.kind !== 'name' && first.kind !== 'quoted') throw new FhirPathError('syntax', 'expected a type', first.at);
    if (!this.#at('.')) return { name: first.text };
    const second = this.#tokens[this.#next + 1];
    if (second?.kind !== 'name' && second?.kind !== 'quoted') throw new FhirPathError('syntax', 'expected a type', first.at);
    this.#next += 2;
    return { namespace: first.text, name: second.text };
  }
}

export const parse = (expression: string): Ast => {
  if (expression.length > maximumLength) throw new FhirPathError('syntax', 'the expression is too long');
  return new Parser(expression).whole();
};

/** What parse.ts makes of an expression. `at` is the offset of the node's first token or operator. */
export type Ast =
  | { readonly kind: 'empty'; readonly at: number }
  | { readonly kind: 'literal'; readonly type: LiteralType; readonly text: string; readonly unit?: string; readonly at: number }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | { readonly kind: 'special'; readonly name: '$this' | '$index' | '$total'; readonly at: number }
  | { readonly kind: 'member'; readonly target?: Ast; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly target?: Ast; readonly name: string; readonly args: readonly Ast[]; readonly at: number }
  | { readonly kind: 'index'; readonly target: Ast; readonly index: Ast; readonly at: number }
  | { readonly kind: 'polarity'; readonly sign: '+' | '-'; readonly operand: Ast; readonly at: number }
  | { readonly kind: 'type'; readonly operator: 'is' | 'as'; readonly operand: Ast; readonly type: TypeName; readonly at: number }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Ast; readonly right: Ast; readonly at: number };

/** `quantity`: `text` is the number, `unit` the UCUM code or calendar word. */
export type LiteralType = 'boolean' | 'string' | 'integer' | 'long' | 'decimal' | 'date' | 'dateTime' | 'time' | 'quantity';

export type TypeName = { readonly namespace?: string; readonly name: string };

export type BinaryOperator =
  | '*' | '/' | 'div' | 'mod' | '+' | '-' | '&' | '|'
  | '<' | '>' | '<=' | '>=' | '=' | '~' | '!=' | '!~'
  | 'in' | 'contains' | 'and' | 'or' | 'xor' | 'implies';

/** The calendar words a quantity literal may carry unquoted: http://hl7.org/fhirpath/N1/#time-valued-quantities */
export const calendarUnits: ReadonlyMap<string, string> = new Map(
  ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'].flatMap((unit) => [
    [unit, unit],
    [`${unit}s`, unit],
  ]),
);

import type { Checker } from './checker.ts';
import type { Constraint, ElementNode } from './element-tree.ts';
import type { InvariantTest } from './fhirpath-invariants.ts';
import { nativeInvariants } from './native-invariants.ts';
import type { JsonObject } from './run.ts';

export type Invariant = {
  readonly constraint: Constraint; readonly node: ElementNode;
  /** FHIR type of the node: what the expression starts from. */
  readonly type: string;
  readonly source: string;
  test?: InvariantTest | null;
  best?: boolean;
};

/** Makes a test of an expression over values of a type; null where it cannot be compiled. */
export type CompileInvariant = (expression: string, type: string) => InvariantTest | null;

/** Checked elsewhere, in other words: structure (ele-1), contained resources (dom-3), narrative (txt-1, txt-2), the type itself. */
export const checkedElsewhere: ReadonlySet<string> = new Set(['ele-1', 'dom-3', 'txt-1', 'txt-2']);

export type Invariants = {
  /** `sibling`: of a primitive without a value, its `_` sibling. */
  check(checker: Checker, value: unknown, invariant: Invariant, sibling?: JsonObject): void;
};

/** Runs constraints: each expression compiles once per type, the commonest are written by hand and compared by test. */
export const createInvariants = (compile: CompileInvariant): Invariants => {
  const tests = new Map<string, InvariantTest | null>();
  const testOf = ({ constraint, type }: Invariant): InvariantTest | null => {
    const expression = constraint.expression;
    if (expression === undefined || checkedElsewhere.has(constraint.key)) return () => true;
    const native = nativeInvariants.get(expression);
    if (native) return native;
    const key = `${type}\n${expression}`;
    let test = tests.get(key);
    if (test === undefined) tests.set(key, test = compile(expression, type));
    return test;
  };
  return {
    check(checker, value, invariant, sibling) {
      if ((invariant.best ??= isBestPractice(invariant.constraint)) && !checker.options.bestPractice) return;
      const test = invariant.test === undefined ? (invariant.test = testOf(invariant)) : invariant.test;
      if (test !== null) {
        const holds = test(value, checker, sibling);
        if (holds === true) return;
        if (holds === false) return fail(checker, invariant, false);
      }
      fail(checker, invariant, true);
    },
  };
};

const isBestPractice = (constraint: Constraint): boolean =>
  constraint.extension?.some((e) => e.url.endsWith('elementdefinition-bestpractice') && e['valueBoolean'] === true) === true;

const fail = (checker: Checker, { constraint, source }: Invariant, unevaluated: boolean): void => {
  const from = constraint.source ?? source;
  checker.add({
    rule: `profile-invariant/${constraint.key}`, severity: unevaluated || constraint.severity === 'warning' ? 'warning' : 'error', code: 'invariant',
    messageId: `${from}#${constraint.key}`, profile: from, unevaluated,
    says: unevaluated ? `The rule ${constraint.key} could not be evaluated here: ${constraint.human}` : `The rule ${constraint.key} is broken; it asks: ${constraint.human}`,
  });
};

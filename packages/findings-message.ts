import type { ProfileFinding } from '../validators/profile/finding.ts';

type Statement = Omit<ProfileFinding, 'expression'>;

/** Findings of a batch as one message between threads: the few statements once, of each finding which one and where. */
export type FindingsMessage = {
  readonly statements: readonly Statement[];
  /** How many findings each resource has. */
  readonly counts: Uint32Array;
  readonly which: Uint32Array;
  readonly expressions: readonly string[];
};

export const packFindings = (found: readonly (readonly ProfileFinding[])[]): FindingsMessage => {
  const numbers = new Map<string, number>();
  const statements: Statement[] = [];
  const which: number[] = [];
  const expressions: string[] = [];
  for (const findings of found) {
    for (const { expression, ...statement } of findings) {
      const key = `${statement.rule}\n${statement.severity}\n${statement.code}\n${statement.messageId ?? ''}\n${statement.profile ?? ''}\n${statement.unevaluated}\n${statement.says}`;
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, number = statements.push(statement) - 1);
      which.push(number);
      expressions.push(expression);
    }
  }
  return { statements, counts: Uint32Array.from(found, (findings) => findings.length), which: Uint32Array.from(which), expressions };
};

export const unpackFindings = ({ statements, counts, which, expressions }: FindingsMessage): readonly (readonly ProfileFinding[])[] => {
  let at = 0;
  return Array.from(counts, (count) => Array.from({ length: count }, () => {
    const { rule, severity, code, says, unevaluated, messageId, profile } = statements[which[at]!]!;
    return { rule, severity, code, expression: expressions[at++]!, says, unevaluated, messageId, profile };
  }));
};

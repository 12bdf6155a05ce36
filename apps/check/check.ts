import { operationOutcome, type Outcome, type OutcomeIssue } from '../../validators/profile/outcome.ts';
import type { ProfileFinding } from '../../validators/profile/validator.ts';
import type { Input } from './inputs.ts';
import type { Result, Said } from './report.ts';

/** A line of `--format ndjson`. */
export type Checked = {
  readonly file: string; readonly line: number;
  /** null where the input is no JSON or no resource; the outcome says so. */
  readonly resourceType: string | null; readonly id: string | null;
  readonly outcome: Outcome;
};

export type Totals = { resources: number; withErrors: number; issues: Record<'fatal' | 'error' | 'warning' | 'information', number>; seconds: number };

export const noTotals = (): Totals => ({ resources: 0, withErrors: 0, issues: { fatal: 0, error: 0, warning: 0, information: 0 }, seconds: 0 });

/** What was found about one input; adds it to the totals. @param integrity what the integrity rules found */
export function resultOf(input: Input, findings: readonly ProfileFinding[], totals: Totals, integrity: readonly OutcomeIssue[] = []): Result {
  totals.resources += 1;
  const said: readonly Said[] = integrity.length === 0 ? findings : [...findings, ...integrity.map(saidOf)];
  for (const { severity } of said) totals.issues[severity] += 1;
  if (said.some(({ severity }) => severity === 'error' || severity === 'fatal')) totals.withErrors += 1;
  return { said, get checked() { return { file: input.file, line: input.line, ...nameOf(input.bytes), outcome: operationOutcome(findings, integrity) }; } };
}

function nameOf(bytes: Uint8Array): { resourceType: string | null; id: string | null } {
  try {
    const { resourceType, id } = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as { resourceType?: unknown; id?: unknown };
    return { resourceType: typeof resourceType === 'string' ? resourceType : null, id: typeof id === 'string' ? id : null };
  } catch {
    return { resourceType: null, id: null };
  }
}

/** An integrity rule's issue: its outcome says by its severity whether it counts. */
const saidOf = ({ severity, expression, details }: OutcomeIssue): Said =>
  ({ rule: details.coding?.[0]?.code ?? '', severity: severity as Said['severity'], expression: expression?.[0] ?? '', says: details.text, unevaluated: false });

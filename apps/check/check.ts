import { operationOutcome, type OutcomeIssue } from '../../validators/profile/outcome.ts';
import type { Examined, ProfileValidator, ValidateOptions } from '../../validators/profile/validator.ts';
import { saidOnce } from '../../validators/integrity/same-fault.ts';
import { inputsIn, type Block, type Input } from './blocks.ts';
import type { Report, Result, Said } from './report.ts';
import { textMemory } from './text-memory.ts';

export type Totals = { resources: number; withErrors: number; issues: Record<'fatal' | 'error' | 'warning' | 'information', number>; seconds: number };

export const noTotals = (): Totals => ({ resources: 0, withErrors: 0, issues: { fatal: 0, error: 0, warning: 0, information: 0 }, seconds: 0 });

/** Results of one file as a report has them, with what its end needs. */
export type Piece = { readonly file: string; /** UTF-8. */ readonly text: Uint8Array<ArrayBuffer>; readonly totals: Totals; readonly rules: readonly string[] };

/** What was found about one input. @param integrity what the integrity rules found */
export const resultOf = ({ file, line }: Input, { findings: profiles, resource }: Examined, integrity: readonly OutcomeIssue[] = []): Result => {
  const rules = integrity.map(saidOf), findings = saidOnce(profiles, rules);
  const [type, id] = [resource?.['resourceType'], resource?.['id']];
  return {
    file, line, resourceType: typeof type === 'string' ? type : null, id: typeof id === 'string' ? id : null,
    said: [...findings, ...rules],
    outcome: () => operationOutcome(findings, integrity),
  };
};

export const piecesOf = (report: Report, text = textMemory()) => (file: string, results: Iterable<Result>): Piece => {
  let isFirst = true;
  const totals = noTotals();
  const rules = new Set<string>();
  for (const result of results) {
    totals.resources += 1;
    let wrong = false;
    for (const { severity, rule } of result.said) {
      totals.issues[severity] += 1;
      wrong ||= severity === 'error' || severity === 'fatal';
      rules.add(rule);
    }
    if (wrong) totals.withErrors += 1;
    const one = report.one(result);
    if (one === '') continue;
    if (!isFirst) text.add(report.between);
    text.add(one);
    isFirst = false;
  }
  return { file, text: text.take(), totals, rules: [...rules] };
};

/** What `assay check` does with a block, on whichever thread. */
export const checkBlock = (validator: ProfileValidator, report: Report, options: ValidateOptions): (block: Block) => Piece => {
  const pieceOf = piecesOf(report);
  const results = function* (block: Block): Generator<Result> { for (const input of inputsIn(block)) yield resultOf(input, validator.examine(input.bytes, options)); };
  return (block) => pieceOf(block.file, results(block));
};

/** An integrity rule's issue: its outcome says by its severity whether it counts. */
const saidOf = ({ severity, expression, details }: OutcomeIssue): Said =>
  ({ rule: details.coding?.[0]?.code ?? '', severity: severity as Said['severity'], expression: expression?.[0] ?? '', says: details.text, unevaluated: false });

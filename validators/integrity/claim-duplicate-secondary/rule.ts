import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { chart, type Chart, type ChartCondition } from '../templates/chart.ts';

type Line = { readonly key: string; readonly principal: boolean; readonly expression: string };

/** What a line reports: its code, or that of the Condition it names, or the Condition. */
function keyOf(coding: ChartCondition['coding'], reference: string | undefined, { conditions }: Chart): string | undefined {
  const meant = coding ?? (reference === undefined ? undefined : conditions.get(reference)?.coding);
  if (meant?.code === undefined) return reference;
  return systemOf(meant.system) === 'icd10cm' ? bareIcd(meant.code) : `${meant.system} ${meant.code}`;
}

function repeated(version: string, lines: readonly Line[]): readonly Said[] {
  const principal = lines.find((line) => line.principal);
  return principal === undefined ? [] : lines.filter((line) => !line.principal && line.key === principal.key).map((line) =>
    wrong(line.expression, 'This secondary diagnosis repeats the principal diagnosis; remove it or correct it.',
      { version, code: 'duplicate', cause: line.expression.replace(/\[\d+\]/g, ''), evidence: [{ expression: principal.expression, role: 'against' }] }));
}

// At patient scope, though the catalogue says resource: one line may have the code, the other name a Condition that has it.
export const claimDuplicateSecondary = patientRule<Chart>({
  id: 'claim-duplicate-secondary', version: 7, category: 'uniqueness plausibility', owner: 'coding',
  title: 'A secondary diagnosis that repeats the principal', why: 'A payer’s editor refuses the claim, or counts a complication that is not there.',
  sources: ['CMS, Definitions of Medicare Code Edits (Duplicate of principal diagnosis)'],
  ...chart,
  end(state) {
    const lines = (all: readonly { coding?: ChartCondition['coding']; reference: string | undefined; principal: boolean; expression: string }[]): readonly Line[] =>
      all.flatMap(({ coding, reference, principal, expression }) => { const key = keyOf(coding, reference, state); return key === undefined ? [] : [{ key, principal, expression }]; });
    return [...state.claims.flatMap((claim) => repeated(claim.version, lines(claim.diagnoses.filter(({ before }) => !before)))),
      ...[...state.principals.values()].flatMap(({ version, conditions }) => repeated(version, lines(conditions.map(({ id, principal, expression }) => ({ reference: id, principal, expression })))))];
  },
});

import type { NewVerdict } from '../../storage/assessment.ts';
import { jsonHash } from '../../ledger/json-hash.ts';
import type { CoveredRow } from '../../terms/event.ts';
import type { Finding } from '../../terms/finding.ts';
import { instant } from '../../terms/instant.ts';

type Of = { readonly source: number; readonly patient: string };

/** The rows of an assessed batch as its event covers them: the columns of ledger/verify/fact-tables.ts. */
export const verdictRow = (of: Of, under: { run: string; policy: number }, verdict: NewVerdict, id: string): CoveredRow => ({
  table: 'verdict', id, ...of,
  row: {
    id, assessment_id: verdict.assessment, version_id: verdict.version, policy_id: under.policy, waivers: verdict.rulings?.toString('hex') ?? '',
    purposes: verdict.purposes, outcome: verdict.outcome, flags: verdict.flags, because: verdict.because,
    cleared: verdict.cleared, held_by: verdict.heldBy ?? null, run_id: under.run,
  },
});

export const assessmentRow = (of: Of, under: { run: string; ruleSet: number; asOf: Date; contextHash: Buffer },
  one: { id: string; version: string; findings: readonly Finding[] }): CoveredRow => ({
  table: 'assessment', id: one.id, ...of,
  row: {
    id: one.id, version_id: one.version, rule_set_id: under.ruleSet, context_hash: under.contextHash.toString('hex'),
    run_id: under.run, as_of: instant(under.asOf), findings: one.findings.length === 0 ? null : jsonHash(one.findings),
  },
});

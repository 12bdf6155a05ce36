import table from '../../../fhir-profiles/knowledge/code-validity.json' with { type: 'json' };
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';

const validity = new Map(table.rows.map((row) => [row.code, row as { from?: string; until?: string }]));

export const codeActiveOnDate = codingRule({
  id: 'code-active-on-date', version: 1,
  title: 'A code that was not in force', why: 'A payer refuses a code that did not exist yet or no more on the date of service.',
  sources: ['CMS, Definitions of Medicare Code Edits (Invalid diagnosis or procedure code)', 'ICD-10-CM addenda'],
  judge({ kind, coding, claim, inpatient, encounter, version, expression }, chart) {
    const row = kind === 'diagnosis' && systemOf(coding.system) === 'icd10cm' ? validity.get(bareIcd(coding.code ?? '')) : undefined;
    const frame = chart.frames.get(encounter ?? '');
    // The discharge decides for a stay, the day of service for a visit.
    const at = inpatient ? frame?.end ?? frame?.start : frame?.start;
    const on = (claim === undefined ? undefined : inpatient ? claim.to ?? claim.from : claim.from)?.slice(0, 10) ?? (at === undefined ? undefined : new Date(at).toISOString().slice(0, 10));
    if (row === undefined || on === undefined || on.length < 10 || ((row.from ?? '') <= on && on <= (row.until ?? '9999'))) return [];
    return [wrong(expression, 'This code was not in force on the date of service; report the one that was.', { version, cause: safeCode(coding.system, coding.code) })];
  },
});

import table from '../../../fhir-profiles/knowledge/unspecified-codes.json' with { type: 'json' };
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';
import { reportedCodes } from '../templates/reported-codes.ts';
import { placeOf } from '../templates/documentation.ts';

const rows = new Map(table.rows.map((row) => [row.code, row]));

export const claimUnspecified = codingRule({
  id: 'claim-unspecified', version: 7,
  title: 'An unspecified code where the provider said more', why: 'The record holds the specific diagnosis, and the claim, the registry and the model do not.',
  sources: ['ICD-10-CM Official Guidelines I.B.2, I.B.18'],
  judge({ kind, coding, encounter, claim, version, expression }, chart) {
    const row = kind === 'diagnosis' && systemOf(coding.system) === 'icd10cm' ? rows.get(bareIcd(coding.code ?? '')) : undefined;
    if (row === undefined || encounter === undefined) return [];
    const notes = chart.notes.filter((note) => note.byProvider && note.encounter === encounter && note.wording().saidMore.has(row.code));
    if (notes.length === 0) return [];
    // The specific code may be reported beside it: on the same bill, or in the same chart.
    for (const other of reportedCodes(chart)) {
      const code = bareIcd(other.coding.code ?? '');
      if (other.encounter === encounter && other.claim === claim && code !== row.code && code.startsWith(row.family) && code.length >= 4 && !rows.has(code)) return [];
    }
    return [wrong(expression, 'A provider documented in this encounter what this unspecified code leaves open; a more specific code can be reported.',
      { version, cause: safeCode(coding.system, coding.code), evidence: notes.map((note) => ({ version: note.version, expression: placeOf(note), role: 'against' as const })) })];
  },
});

import table from '../../../fhir-profiles/knowledge/not-principal.json' with { type: 'json' };
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';

const prefixes = table.rows.map((row) => row.prefix);

export const claimPrincipalManifestation = codingRule({
  id: 'claim-principal-manifestation', version: 7,
  title: 'A manifestation or an external cause as principal diagnosis', why: 'Such a code describes what another disease or an accident did: the claim is refused.',
  sources: ['CMS, Definitions of Medicare Code Edits (Manifestation code as principal diagnosis)', 'ICD-10-CM Official Guidelines I.A.13, I.C.20.a.6'],
  judge({ kind, coding, principal, version, expression }) {
    if (kind !== 'diagnosis' || !principal || systemOf(coding.system) !== 'icd10cm' || !prefixes.some((prefix) => bareIcd(coding.code ?? '').startsWith(prefix))) return [];
    return [wrong(expression, 'A manifestation or an external cause cannot be the principal diagnosis; report the underlying disease or the injury first.', { version, cause: safeCode(coding.system, coding.code) })];
  },
});

import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';

/** A hashed identity token and its patients, among all that have a token of the kind. */
export type TokenCandidate = { readonly tokenSystem: string; readonly sharing: readonly { readonly version: string; readonly expression: string }[]; readonly withToken: number };

const bound = 0.1;

export const identityTokenSharing = populationRule<TokenCandidate>({
  id: 'identity-token-sharing', version: 1, category: 'uniqueness plausibility', owner: 'identity', kind: 'judge',
  title: 'One token for many people', why: 'The token was made from empty or default fields, and joins strangers wherever records are linked by it.',
  sources: ['PCORnet Data Quality Check 1.19 (more than 10% of patients share a token)'],
  parameters: { schema: { type: 'object', properties: { share: { type: 'number' } }, required: ['share'] }, defaults: { share: bound } },
  reads: { Patient: ['identifier'] },
  judge: ({ sharing, withToken }) => (sharing.length < 2 || sharing.length <= withToken * bound ? []
    : sharing.map(({ version, expression }) => wrong(expression, 'More than a tenth of all patients share this token; it identifies nobody.', { version, cause: 'shared token' }))),
});

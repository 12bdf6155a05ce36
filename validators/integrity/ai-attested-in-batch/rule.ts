import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { wrong } from '../say.ts';
import { aiContents, aiFold, type AiContent, type AiFold, type Verification } from '../templates/ai-content.ts';
import { checkedAt, fewest, readingSeconds } from '../templates/reading-time.ts';

type Signed = { readonly content: AiContent; readonly check: Verification; readonly at: number };
// So many in a row are no accident.
const inARow = 3;

// One signer's attestations in one patient's chart; those over many charts show in monitor-override-rate.
export const aiAttestedInBatch = patientRule<AiFold>({
  id: 'ai-attested-in-batch', version: 6, category: 'temporal plausibility', owner: 'ai',
  title: 'Attested in a batch', why: 'One signer confirmed text after text faster than they can be read: nobody read them.',
  sources: ['Brysbaert, J Mem Lang 2019;109:104047 (reading rates)'],
  parameters: { schema: { type: 'object', properties: { inARow: { type: 'integer', minimum: 2 } }, required: ['inARow'] }, defaults: { inARow } },
  ...aiFold,
  end(fold) {
    const signed = [...aiContents(fold)].filter((content) => content.words >= fewest).flatMap((content): Signed[] =>
      content.verifications.flatMap((check) => { const at = checkedAt(check); return at === undefined ? [] : [{ content, check, at }]; }));
    return [...Map.groupBy(signed, ({ check }) => check.who).values()].flatMap((own): Said[] => {
      own.sort((a, b) => a.at - b.at);
      const said: Said[] = [];
      let row: Signed[] = [];
      const close = (): void => {
        // The first of a row may have been read before it.
        if (row.length >= inARow) said.push(...row.slice(1).map(({ content, check }) => wrong(content.expression, 'One signer attested this and others in a row, each faster than it can be read.', {
          version: content.version, cause: 'one signer, successive attestations', evidence: [{ version: check.version, expression: check.expression, role: 'against' as const }] })));
        row = [];
      };
      for (const one of own) {
        const before = row.at(-1);
        if (before !== undefined && (one.at - before.at) / 1000 >= readingSeconds(one.content.words)) close();
        row.push(one);
      }
      close();
      return said;
    });
  },
});

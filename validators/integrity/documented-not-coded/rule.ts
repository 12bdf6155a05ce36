import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { bareIcd } from '../reading/coded.ts';
import { wrong } from '../say.ts';
import { chart, type Chart } from '../templates/chart.ts';
import { indicatorsOf, placeOf } from '../templates/documentation.ts';
import { reportedCodes } from '../templates/reported-codes.ts';

export const documentedNotCoded = patientRule<Chart>({
  id: 'documented-not-coded', version: 7, category: 'completeness', owner: 'coding', kind: 'judge',
  title: 'Documented and treated, but not coded', why: 'The severity of the stay is understated, in payment, in quality and in every model trained on codes.',
  sources: ['ICD-10-CM Official Guidelines Section III (reportable additional diagnoses: evaluated, treated, or extending the stay)'],
  ...chart,
  end(state) {
    const reported = reportedCodes(state).filter((one) => one.kind === 'diagnosis');
    const byEncounter = Map.groupBy(reported, (one) => one.encounter ?? '');
    const told = new Set<string>();
    // Notes alone, never the problem list: what is reported must be of this encounter.
    return state.notes.flatMap((note): Said[] => {
      const codes = byEncounter.get(note.encounter ?? '');
      // An encounter that reports nothing is not coded yet.
      if (!note.byProvider || codes === undefined || note.encounter === undefined) return [];
      return note.mentions.flatMap((mention): Said[] => {
        const { concept } = mention;
        const key = `${note.encounter} ${concept.id}`;
        if (concept.kind !== 'diagnosis' || mention.status !== 'affirmed' || !['assessment', 'plan'].includes(mention.section) || told.has(key)) return [];
        if (codes.some((one) => one.concept?.id === concept.id || concept.reportedAs.some((prefix) => bareIcd(one.coding.code ?? '').startsWith(prefix)))) return [];
        const signs = indicatorsOf({ ...concept, chronic: false }, note.encounter, state);
        const treated = signs.some((sign) => sign.expression.startsWith('Medication')) || (concept.drugs.length === 0 && signs.length > 0);
        const focus = codes[0];
        if (!treated || focus === undefined) return [];
        told.add(key);
        const claim = focus.claim;
        return [wrong(claim === undefined ? focus.expression : `${claim.type}.diagnosis`, 'A provider documented and treated a condition in this encounter that no reported code stands for.', {
          version: claim?.version ?? focus.version, cause: `${concept.id} not coded`,
          evidence: [{ version: note.version, expression: placeOf(note), role: 'for' }, ...signs] })];
      });
    });
  },
});

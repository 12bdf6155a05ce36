import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { mergedReads } from '../reading/merged-reads.ts';
import { unevaluated, wrong } from '../say.ts';
import { aiContents, aiFold, modelCause, type AiFold } from '../templates/ai-content.ts';
import { chart, type Chart } from '../templates/chart.ts';
import { documentationOf, indicatorsOf } from '../templates/documentation.ts';

type State = { readonly fold: AiFold; readonly chart: Chart };

export const aiUnsupportedCondition = patientRule<State>({
  id: 'ai-unsupported-condition', version: 7, category: 'relational conformance', owner: 'ai', kind: 'judge',
  title: 'An AI’s diagnosis without evidence in the chart', why: 'A diagnosis that nothing supports may be invented, and it stays on the problem list for years.',
  sources: ['JMIR Med Inform 2026 e86474', 'ICD-10-CM Official Guidelines I.A.19'],
  reads: mergedReads(aiFold.reads, chart.reads),
  shares: [aiFold, chart],
  start: (view) => ({ fold: aiFold.start(view), chart: chart.start(view) }),
  step() {},
  end: ({ fold, chart: kept }) => [...aiContents(fold)].filter((content) => content.type === 'Condition').flatMap((content): Said[] => {
    const condition = kept.conditions.get(content.key.slice('Condition/'.length));
    if (condition === undefined) return [];
    const about = { version: content.version, cause: modelCause(fold, content) };
    // It names its evidence itself, or a person recorded the same.
    const others = [...kept.conditions.values()].some((other) => other.id !== condition.id && !other.ai
      && ((condition.concept !== undefined && other.concept?.id === condition.concept.id) || (condition.coding?.code !== undefined && other.coding?.code === condition.coding.code)));
    if (condition.evidence || others) return [];
    const encounters = new Set(kept.notes.map((note) => note.encounter));
    const told = [...encounters].flatMap((encounter) => documentationOf({ coding: condition.coding ?? {}, concept: condition.concept, encounter }, kept).told);
    if (told.some(({ status }) => status === 'affirmed' || status === 'historical' || status === 'resolved' || status === 'uncertain')) return [];
    if (condition.concept === undefined && condition.display === '') return [unevaluated('Condition.code', 'The words for this code are not at hand, so the chart could not be searched for it.', about)];
    if (condition.concept !== undefined && indicatorsOf({ ...condition.concept, chronic: true }, condition.encounter, kept).length > 0) return [];
    return [wrong('Condition.code', 'An AI recorded this diagnosis, and no note, result, drug or other entry of the chart supports it.', { ...about,
      evidence: kept.notes.slice(-5).map((note) => ({ version: note.version, expression: note.type, role: 'context' as const })) })];
  }),
});

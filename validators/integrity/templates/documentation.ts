import type { Evidence } from '../../../terms/finding.ts';
import { wordsOf, type Indicator } from '../reading/concepts.ts';
import { measureNamed } from '../reading/measures.ts';
import { valueIn } from '../reading/quantities.ts';
import { hasStatus, type Mention } from '../reading/mentions.ts';
import type { Chart, ChartNote } from './chart.ts';
import type { Reported } from './reported-codes.ts';
import type { Frame } from './encounter-join.ts';

type Told = { readonly note: ChartNote; readonly status: Mention['status']; readonly section: Mention['section'] };

/** Notes of the encounter that a provider wrote or checked, and what they say of a code. */
export type Documentation = { readonly notes: readonly ChartNote[]; readonly told: readonly Told[]; readonly recognised: boolean };

// Words that a code's title has and a provider need not write.
const idle = new Set(['unspecified', 'without', 'with', 'other', 'specified', 'not', 'elsewhere', 'classified', 'of', 'the', 'and', 'in', 'or', 'due', 'to', 'by', 'for',
  'complication', 'complications', 'disorder', 'finding', 'procedure', 'initial', 'subsequent', 'encounter', 'site', 'organism', 'type', 'approach', 'nec', 'nos', 'a', 'an', 'on', 'as',
  // What many titles share tells none apart.
  'acute', 'chronic', 'left', 'right', 'bilateral', 'disease', 'primary', 'secondary', 'pain', 'history', 'patient', 'care', 'open', 'closed', 'percutaneous', 'endoscopic', 'device', 'part', 'both', 'from', 'has', 'was']);

export function documentationOf({ coding, concept, encounter }: Pick<Reported, 'coding' | 'concept' | 'encounter'>, chart: Chart): Documentation {
  const notes = encounter === undefined ? [] : chart.notes.filter((note) => note.byProvider && (note.encounter === encounter || (note.encounter === undefined && isWithin(note.at, chart.frames.get(encounter)))));
  if (concept !== undefined) {
    return { notes, recognised: true, told: notes.flatMap((note) => note.mentions.filter((mention) => mention.concept.id === concept.id)
      .map((mention) => ({ note, status: mention.status, section: mention.section }))) };
  }
  // A code whose concept is not at hand is looked for by the words of its title: half of them tell it, as the words around them let it; none denies it, some leave it open.
  const words = wordsOf(coding.display ?? '').filter((word) => !idle.has(word) && word.length > 2);
  const shares = notes.flatMap((note) => {
    const said = note.wording().words;
    const stated = words.map((word) => said.get(word) ?? said.get(`${word}s`) ?? said.get(word.replace(/s$/, '')));
    const share = (...statuses: readonly Mention['status'][]): number => stated.filter((word) => statuses.some((status) => hasStatus(word, status))).length / words.length;
    const status: Mention['status'] | undefined = share('affirmed') >= 0.5 ? 'affirmed' : (['uncertain', 'resolved', 'historical'] as const).find((one) => share('affirmed', one) >= 0.5);
    return [{ note, status, share: share('affirmed', 'uncertain', 'resolved', 'historical') }];
  });
  return { notes, recognised: words.length > 0 && shares.every(({ share, status }) => share === 0 || status !== undefined),
    told: shares.flatMap(({ note, status }) => (status === undefined ? [] : [{ note, status, section: 'other' as const }])) };
}

const aDay = 86_400_000;
/** Whether a note that names no encounter was written in the time of this one, or the day after. */
const isWithin = (at: number | undefined, frame: Frame | undefined): boolean =>
  at !== undefined && frame?.start !== undefined && at >= frame.start - aDay && at <= (frame.end ?? frame.start) + aDay;

export const placeOf = (note: ChartNote): string => (note.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content');

const reached = (indicator: Indicator, loinc: string, value: number): boolean => {
  const unit = measureNamed(loinc)?.unit?.ucum;
  if (indicator.loinc !== loinc || unit === undefined) return false;
  const bound = valueIn({ value: indicator.value, code: indicator.unit }, unit) ?? indicator.value;
  return indicator.op === '>' ? value > bound : indicator.op === '>=' ? value >= bound : indicator.op === '<' ? value < bound : value <= bound;
};

/** Results and drugs that speak for a concept: of the encounter; of the whole chart where the disease is chronic. */
export function indicatorsOf(concept: { readonly indicators: readonly Indicator[]; readonly drugs: readonly string[]; readonly chronic: boolean }, encounter: string | undefined, chart: Chart): readonly Evidence[] {
  const frame = chart.frames.get(encounter ?? '');
  const within = (of: string | undefined, at?: number): boolean => concept.chronic || (of !== undefined && of === encounter)
    || (of === undefined && at !== undefined && frame?.start !== undefined && at >= frame.start - 86_400_000 && at <= (frame.end ?? frame.start) + 86_400_000);
  return [
    ...chart.results.filter((result) => within(result.encounter, result.at) && concept.indicators.some((indicator) => reached(indicator, result.loinc, result.value)))
      .map((result) => ({ version: result.version, expression: 'Observation.value', role: 'context' as const })),
    ...chart.drugs.filter((drug) => within(drug.encounter) && concept.drugs.includes(drug.concept))
      .map((drug) => ({ version: drug.version, expression: 'MedicationRequest.medication', role: 'context' as const })),
  ];
}

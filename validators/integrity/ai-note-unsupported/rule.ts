import type { AllergyIntolerance, CodeableConcept, MedicationAdministration, MedicationRequest, Observation } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { measureOf } from '../reading/measures.ts';
import type { Mention } from '../reading/mentions.ts';
import { dosesOf } from '../reading/dispensed-doses.ts';
import { dosesIn, measuredInNotes, numbersIn } from '../reading/note-numbers.ts';
import { noteOf, sentencesIn, type Sentence } from '../reading/note-text.ts';
import { opposed, sideOf, type Side } from '../reading/sides.ts';
import { wrong } from '../say.ts';
import { mergedReads } from '../reading/merged-reads.ts';
import { aiContents, aiFold, modelCause, type AiFold } from '../templates/ai-content.ts';
import { chart, type Chart } from '../templates/chart.ts';
import { indicatorsOf } from '../templates/documentation.ts';
import type { Either } from '../reading/either.ts';

type AiNote = { readonly key: string; readonly encounter: string | undefined; readonly mentions: readonly Mention[]; readonly text: string };
type State = { readonly fold: AiFold; readonly chart: Chart; readonly notes: AiNote[]; allergies: string; doses: number[]; readonly measured: { loinc: string; value: number; encounter: string | undefined }[]; readonly sides: Map<string, Set<Side>> };
type Unsupported = { readonly what: string; readonly variant?: 'assessment' | 'history' };

const looseSections = new Set(['history', 'review', 'family', 'social']);

function stepOf(state: State, entry: ViewEntry): void {
  if (entry.place !== 'compartment') return;
  const { fields, type } = entry;
  if (type === 'AllergyIntolerance') {
    const code = (fields as Partial<AllergyIntolerance>).code;
    state.allergies += ` ${[code?.text, ...(code?.coding ?? []).map((coding) => coding.display)].join(' ').toLowerCase()}`;
  } else if (type === 'MedicationRequest' || type === 'MedicationAdministration') {
    state.doses.push(...dosesOf(fields as Either<MedicationRequest, MedicationAdministration>));
  } else if (type === 'Observation') {
    const observation = fields as Partial<Observation>;
    for (const one of [observation, ...(observation.component ?? [])]) {
      const measure = measureOf(one.code);
      if (measure !== undefined && measuredInNotes.has(measure.code) && one.valueQuantity?.value !== undefined) state.measured.push({ loinc: measure.code, value: one.valueQuantity.value, encounter: encounterOf(entry) });
    }
  } else if (type === 'DocumentReference' || type === 'Composition') noteStep(state, entry);
  sideStep(state, entry);
}

// A side is taken from what people coded, by concept.
function sideStep(state: State, entry: ViewEntry): void {
  if (entry.type !== 'Condition' && entry.type !== 'Procedure') return;
  const concept = (entry.type === 'Condition' ? state.chart.conditions : state.chart.procedures).get(entry.id)?.concept;
  if (concept === undefined) return;
  const side = sideOf(entry.fields['code'] as CodeableConcept) ?? ((entry.fields['bodySite'] ?? []) as readonly CodeableConcept[]).map(sideOf).find((one) => one !== undefined);
  if (side !== undefined) state.sides.set(concept.id, (state.sides.get(concept.id) ?? new Set()).add(side));
}

function noteStep(state: State, entry: ViewEntry): void {
  const note = noteOf(entry);
  // Whether an AI made it may be told by a Provenance that comes later: every note is kept.
  if (note !== undefined) state.notes.push({ key: `${entry.type}/${entry.id}`, encounter: encounterOf(entry), mentions: note.mentions, text: note.text });
}

const allergiesIn = (sentences: readonly Sentence[]): readonly string[] => sentences.flatMap(({ section, words }) => (section !== 'allergies' || words.includes('no') || words.includes('nkda') ? []
  : words.filter((word) => word.length > 4 && !['allergies', 'allergic', 'reaction', 'causes', 'known'].includes(word))));

/** What a note states that the chart has no trace of. */
function unsupportedIn(note: AiNote, state: State): readonly Unsupported[] {
  const { chart: kept } = state, sentences = sentencesIn(note.text);
  const found: Unsupported[] = [];
  const given = new Set(kept.drugs.map((drug) => drug.concept));
  const unknownDrugs = kept.drugs.some((drug) => drug.concept.startsWith('Medication/'));
  for (const { concept, status, section, side } of note.mentions) {
    if (status === 'negated' || status === 'family' || status === 'hypothetical') continue;
    const loose = looseSections.has(section) || status === 'historical' || status === 'resolved';
    if (concept.kind === 'drug') {
      if (!unknownDrugs && !given.has(concept.id) && section !== 'allergies') found.push({ what: 'drug', ...(loose ? { variant: 'history' as const } : {}) });
    } else if (concept.kind === 'procedure') {
      if (![...kept.procedures.values()].some((done) => !done.ai && done.named.has(concept.id)) && section !== 'plan') found.push({ what: 'procedure', ...(loose ? { variant: 'history' as const } : {}) });
    } else {
      const known = [...kept.conditions.values()].some((condition) => !condition.ai && condition.concept?.id === concept.id)
        || kept.notes.some((other) => !other.aiMade && other.mentions.some((mention) => mention.concept.id === concept.id && mention.status !== 'negated' && mention.status !== 'family'));
      if (!known && indicatorsOf({ ...concept, chronic: true }, note.encounter, kept).length === 0) found.push({ what: 'diagnosis', variant: loose ? 'history' : 'assessment' });
    }
    const coded = state.sides.get(concept.id);
    if ((side === 'left' || side === 'right') && coded?.size === 1 && opposed(side, [...coded][0])) found.push({ what: 'side' });
  }
  for (const dose of dosesIn(sentences)) if (given.has(dose.drug) && state.doses.length > 0 && !state.doses.includes(dose.value)) found.push({ what: 'dose' });
  for (const { codes, value } of numbersIn(sentences)) {
    const results = state.measured.filter((one) => codes.includes(one.loinc) && (note.encounter === undefined || one.encounter === note.encounter));
    // Rounded to the digits that the note gives.
    const digits = (String(value).split('.')[1] ?? '').length;
    if (!results.some((one) => Math.abs(one.value - value) <= 0.5 * 10 ** -digits + 1e-9 || (codes.includes('8310-5') && Math.abs(one.value * 1.8 + 32 - value) <= 0.1))) found.push({ what: 'number' });
  }
  const allergies = allergiesIn(sentences);
  if (allergies.length > 0 && !allergies.some((word) => state.allergies.includes(word))) found.push({ what: 'allergy' });
  return found;
}

export const aiNoteUnsupported = patientRule<State>({
  id: 'ai-note-unsupported', version: 7, category: 'relational conformance', owner: 'ai', kind: 'judge',
  title: 'An AI’s note states what the chart has no trace of', why: 'An invented drug, dose, allergy, operation, side or number is acted on like a true one.',
  variants: { assessment: 'A diagnosis in the assessment or plan that nothing supports', history: 'A statement of the history or review of systems that nothing supports' },
  sources: ['JMIR Med Inform 2026 e86474 (omissions, the commonest error, cannot be found from the chart)'],
  reads: mergedReads(aiFold.reads, chart.reads, { AllergyIntolerance: ['code'], Condition: ['bodySite'], Procedure: ['bodySite'], MedicationRequest: ['dosageInstruction'], MedicationAdministration: ['dosage'] }),
  shares: [aiFold, chart],
  start: (view) => ({ fold: aiFold.start(view), chart: chart.start(view), notes: [], allergies: '', doses: [], measured: [], sides: new Map() }),
  step: stepOf,
  end(state) {
    const notes = new Map(state.notes.map((note) => [note.key, note]));
    return [...aiContents(state.fold)].flatMap((content): Said[] => {
      const note = notes.get(content.key);
      if (note === undefined) return [];
      const place = content.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content';
      // One finding a kind and answer: what is wrong is read in the note, beside the chart.
      const kinds = new Map(unsupportedIn(note, state).map((one) => [`${one.what} ${one.variant ?? ''}`, one]));
      return [...kinds.values()].map(({ what, variant }) => wrong(place, `This AI-made note states a ${what} that the chart has no trace of.`,
        { version: content.version, cause: `${modelCause(state.fold, content)}: ${what}`, ...(variant === undefined ? {} : { variant }) }));
    });
  },
});

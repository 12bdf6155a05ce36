import type { AllergyIntolerance, Observation } from '@medplum/fhirtypes';
import type { Evidence } from '../../../terms/finding.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { hasCode } from '../reading/coded.ts';
import { moment } from '../reading/moments.ts';
import { noteOf } from '../reading/note-text.ts';
import { wrong } from '../say.ts';
import { chart, type Chart, type ChartCondition } from '../templates/chart.ts';
import { placeOf } from '../templates/documentation.ts';
import { reportedCodes } from '../templates/reported-codes.ts';

type Denial = { readonly version: string; readonly encounter: string | undefined; readonly at: number | undefined; readonly allergies: 'all' | 'drugs' | undefined; readonly smoking: 'never' | 'now' | undefined };
type State = { readonly chart: Chart; readonly denials: Denial[]; readonly allergies: { version: string; from: number | undefined; drug: boolean }[]; readonly smokers: { version: string; encounter: string | undefined; now: boolean }[] };

const noDrugAllergies = /\b(?:no (?:known )?(?:drug|medication) allerg(?:y|ies)|nkda|denies (?:any )?(?:drug|medication) allergies)\b/i;
const noAllergies = /\b(?:no (?:known )?allerg(?:y|ies)|nka|denies (?:any )?(?:known )?allergies)\b|^\s*allergies\s*:\s*(?:none|no|nil)\b/im;
const neverSmoked = /\b(?:never (?:smoked|smoker|smokes|used tobacco)|lifelong non-?smoker|no history of (?:smoking|tobacco))\b/i;
const smokesNot = /\b(?:(?:denies|no) (?:tobacco|smoking)|non-?smoker|(?:does not|doesn't|do not) smoke)\b/i;
// SNOMED CT smoking status (US Core value set): current every day, current some day, heavy, light, smoker of unknown status, former smoker.
const smokesNow = ['449868002', '428041000124106', '428071000124103', '428061000124105', '77176002'], hasSmoked = [...smokesNow, '8517006'];

/** Whether a Condition is of the encounter: it says so, or the encounter names it. */
const isOf = (chart: Chart, encounter: string | undefined, condition: ChartCondition): boolean => condition.encounter === encounter
  || (encounter !== undefined && chart.principals.get(encounter)?.conditions.some(({ id }) => id === condition.id) === true);

export const noteContradictsStructure = patientRule<State>({
  id: 'note-contradicts-structure', version: 7, category: 'relational conformance', owner: 'documentation', kind: 'judge',
  title: 'The note says no, the coded record says yes', why: 'One of the two is wrong, and readers of the text and of the codes act differently.',
  sources: ['Harkema et al., J Biomed Inform 2009;42:839 (ConText)', 'AHIMA, Clinical Documentation Integrity'],
  reads: { ...chart.reads, AllergyIntolerance: ['clinicalStatus', 'verificationStatus', 'recordedDate', 'code', 'category'], Observation: [...(chart.reads['Observation'] ?? []), 'valueCodeableConcept'] },
  shares: [chart],
  start: (view) => ({ chart: chart.start(view), denials: [], allergies: [], smokers: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    if (entry.type === 'AllergyIntolerance') {
      const allergy = entry.fields as Partial<AllergyIntolerance>;
      if (hasCode(allergy.clinicalStatus, 'inactive', 'resolved') || hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error') || hasCode(allergy.code, '716186003', '409137002')) return;
      if (!/^no known/i.test(allergy.code?.text ?? '')) state.allergies.push({ version: entry.version, from: moment(allergy.recordedDate)?.to, drug: (allergy.category?.length ?? 0) === 0 || allergy.category?.includes('medication') === true });
    } else if (entry.type === 'Observation') {
      const observation = entry.fields as Partial<Observation>;
      if (hasCode(observation.code, '72166-2') && hasCode(observation.valueCodeableConcept, ...hasSmoked)) state.smokers.push({ version: entry.version, encounter: encounterOf(entry), now: hasCode(observation.valueCodeableConcept, ...smokesNow) });
    } else if (entry.type === 'DocumentReference' || entry.type === 'Composition') {
      const note = noteOf(entry);
      const text = note?.text ?? '';
      const allergies = noAllergies.test(text) ? 'all' : noDrugAllergies.test(text) ? 'drugs' : undefined, smoking = neverSmoked.test(text) ? 'never' : smokesNot.test(text) ? 'now' : undefined;
      if (allergies !== undefined || smoking !== undefined) state.denials.push({ version: entry.version, encounter: encounterOf(entry), at: moment(entry.time)?.from, allergies, smoking });
    }
  },
  end(state) {
    const said: Said[] = [];
    const tell = (version: string, place: string, what: string, evidence: readonly Evidence[]): void => {
      if (evidence.length > 0) said.push(wrong(place, 'This note denies what is coded as present in the same encounter; find out which is right.', { version, cause: what, code: 'conflict', evidence }));
    };
    for (const note of state.chart.notes) {
      if (note.encounter === undefined) continue;
      const affirmed = new Set(note.mentions.filter((mention) => mention.status === 'affirmed' || mention.status === 'uncertain' || mention.status === 'historical' || mention.status === 'resolved').map((mention) => mention.concept.id));
      const denied = new Set(note.mentions.filter((mention) => mention.status === 'negated' && mention.concept.kind === 'diagnosis' && !affirmed.has(mention.concept.id)).map((mention) => mention.concept.id));
      if (denied.size === 0) continue;
      const against = [...state.chart.conditions.values()].filter((condition) => condition.active && isOf(state.chart, note.encounter, condition) && denied.has(condition.concept?.id ?? ''));
      // A claim speaks of the whole encounter: what another of its notes states is not denied by this one.
      const billed = reportedCodes(state.chart).filter((one) => one.claim !== undefined && one.named === undefined && one.encounter === note.encounter && one.kind === 'diagnosis' && denied.has(one.concept?.id ?? '')
        && !state.chart.notes.some((other) => other.encounter === note.encounter && other.mentions.some((mention) => mention.concept.id === one.concept?.id && mention.status !== 'negated' && mention.status !== 'family')));
      tell(note.version, placeOf(note), 'a diagnosis', [...against.map((condition): Evidence => ({ version: condition.version, expression: 'Condition.code', role: 'against' })), ...billed.map((one): Evidence => ({ version: one.version, expression: one.expression, role: 'against' }))]);
    }
    for (const denial of state.denials) {
      const place = state.chart.notes.find((note) => note.version === denial.version);
      if (place === undefined) continue;
      // An allergy found later is no contradiction.
      const known = denial.allergies !== undefined ? state.allergies.filter((allergy) => (denial.allergies === 'all' || allergy.drug) && allergy.from !== undefined && denial.at !== undefined && allergy.from <= denial.at) : [];
      tell(denial.version, placeOf(place), 'allergies', known.map((allergy) => ({ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' })));
      const smokers = denial.smoking !== undefined ? state.smokers.filter((smoker) => smoker.encounter !== undefined && smoker.encounter === denial.encounter && (denial.smoking === 'never' || smoker.now)) : [];
      const dependent = denial.smoking !== undefined ? [...state.chart.conditions.values()].filter((condition) => condition.active && denial.encounter !== undefined && isOf(state.chart, denial.encounter, condition) && condition.concept?.id === 'tobacco use') : [];
      tell(denial.version, placeOf(place), 'smoking', [...smokers.map((smoker): Evidence => ({ version: smoker.version, expression: 'Observation.value', role: 'against' })), ...dependent.map((condition): Evidence => ({ version: condition.version, expression: 'Condition.code', role: 'against' }))]);
    }
    return said;
  },
});

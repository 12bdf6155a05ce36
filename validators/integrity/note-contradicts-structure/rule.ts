import type { AllergyIntolerance, Observation } from '@medplum/fhirtypes';
import type { Evidence } from '../../../terms/finding.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { hasCode } from '../reading/coded.ts';
import { moment } from '../reading/moments.ts';
import { noteOf } from '../reading/note-text.ts';
import { wrong } from '../say.ts';
import { chart, type Chart } from '../templates/chart.ts';
import { placeOf } from '../templates/documentation.ts';

type Denial = { readonly version: string; readonly encounter: string | undefined; readonly at: number | undefined; readonly allergies: boolean; readonly smoking: boolean };
type State = { readonly chart: Chart; readonly denials: Denial[]; readonly allergies: { version: string; from: number | undefined }[]; readonly smokers: { version: string; encounter: string | undefined }[] };

const noAllergies = /\b(?:no known (?:drug )?allerg(?:y|ies)|nkda|nka|denies (?:any )?allergies)\b/i;
const neverSmoked = /\b(?:never (?:smoked|smoker)|(?:denies|no) (?:tobacco|smoking)|lifelong non-?smoker)\b/i;
// SNOMED CT smoking status (US Core value set): current every day, current some day, heavy, light, smoker of unknown status, former smoker.
const hasSmoked = ['449868002', '428041000124106', '428071000124103', '428061000124105', '77176002', '8517006'];

export const noteContradictsStructure = patientRule<State>({
  id: 'note-contradicts-structure', version: 5, category: 'relational conformance', owner: 'documentation', kind: 'judge',
  title: 'The note says no, the coded record says yes', why: 'One of the two is wrong, and readers of the text and of the codes act differently.',
  sources: ['Harkema et al., J Biomed Inform 2009;42:839 (ConText)', 'AHIMA, Clinical Documentation Integrity'],
  reads: { ...chart.reads, AllergyIntolerance: ['clinicalStatus', 'verificationStatus', 'recordedDate', 'code'], Observation: [...(chart.reads['Observation'] ?? []), 'valueCodeableConcept'] },
  start: (view) => ({ chart: chart.start(view), denials: [], allergies: [], smokers: [] }),
  step(state, entry) {
    chart.step(state.chart, entry);
    if (entry.place !== 'compartment') return;
    if (entry.type === 'AllergyIntolerance') {
      const allergy = entry.fields as Partial<AllergyIntolerance>;
      if (hasCode(allergy.clinicalStatus, 'inactive', 'resolved') || hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error') || hasCode(allergy.code, '716186003', '409137002')) return;
      if (!/^no known/i.test(allergy.code?.text ?? '')) state.allergies.push({ version: entry.version, from: moment(allergy.recordedDate)?.to });
    } else if (entry.type === 'Observation') {
      const observation = entry.fields as Partial<Observation>;
      if (hasCode(observation.code, '72166-2') && hasCode(observation.valueCodeableConcept, ...hasSmoked)) state.smokers.push({ version: entry.version, encounter: encounterOf(entry) });
    } else if (entry.type === 'DocumentReference' || entry.type === 'Composition') {
      const note = noteOf(entry);
      const [allergies, smoking] = [noAllergies.test(note?.text ?? ''), neverSmoked.test(note?.text ?? '')];
      if (allergies || smoking) state.denials.push({ version: entry.version, encounter: encounterOf(entry), at: moment(entry.time)?.from, allergies, smoking });
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
      const against = [...state.chart.conditions.values()].filter((condition) => condition.active && condition.encounter === note.encounter && denied.has(condition.concept?.id ?? ''));
      tell(note.version, placeOf(note), 'a diagnosis', against.map((condition) => ({ version: condition.version, expression: 'Condition.code', role: 'against' })));
    }
    for (const denial of state.denials) {
      const place = state.chart.notes.find((note) => note.version === denial.version);
      if (place === undefined) continue;
      // An allergy found later is no contradiction.
      const known = denial.allergies ? state.allergies.filter((allergy) => allergy.from !== undefined && denial.at !== undefined && allergy.from <= denial.at) : [];
      tell(denial.version, placeOf(place), 'allergies', known.map((allergy) => ({ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' })));
      const smokers = denial.smoking ? state.smokers.filter((smoker) => smoker.encounter !== undefined && smoker.encounter === denial.encounter) : [];
      tell(denial.version, placeOf(place), 'smoking', smokers.map((smoker) => ({ version: smoker.version, expression: 'Observation.value', role: 'against' })));
    }
    return said;
  },
});

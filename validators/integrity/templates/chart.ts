import type { Claim, CodeableConcept, Coding, Composition, Condition, DocumentReference, Encounter, ExplanationOfBenefit, Medication, MedicationAdministration, MedicationRequest, Observation, Procedure } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Reads } from '../../../terms/rule.ts';
import type { AiMarks } from '../reading/ai-marks.ts';
import { codingIn, hasCode, systemOf, type SystemName } from '../reading/coded.ts';
import { concepts, conceptIn, conceptsNamed, type Concept } from '../reading/concepts.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { measureOf } from '../reading/measures.ts';
import { moment } from '../reading/moments.ts';
import { noteOf, sentencesIn } from '../reading/note-text.ts';
import { saidMoreIn } from '../reading/phrases.ts';
import { statedWords, type Mention, type Statuses } from '../reading/mentions.ts';
import { valueIn } from '../reading/quantities.ts';
import { idOf, keyOf } from '../reading/references.ts';
import { frameOf, frameReads, type Frame } from './encounter-join.ts';
import { sharedFold } from './shared-fold.ts';
import type { Either } from '../reading/either.ts';

export type ChartNote = { readonly version: string; readonly type: string; readonly encounter: string | undefined; readonly at: number | undefined;
  readonly mentions: readonly Mention[]; readonly discharge: boolean;
  /** Read when it is asked for: of most notes nobody asks it. */
  readonly wording: () => Wording;
  /** A person who may diagnose wrote it, or checked what an AI wrote. */
  readonly byProvider: boolean; readonly aiMade: boolean };
export type Wording = { readonly words: ReadonlyMap<string, Statuses>; readonly saidMore: ReadonlySet<string> };
export type ChartCondition = { readonly id: string; readonly version: string; readonly coding: Coding | undefined; readonly concept: Concept | undefined; readonly encounter: string | undefined;
  readonly ofEncounter: boolean; readonly active: boolean; readonly ai: boolean; readonly evidence: boolean; readonly display: string; readonly recorded: string | undefined };
export type ChartProcedure = { readonly id: string; readonly version: string; readonly codings: readonly Coding[]; readonly concept: Concept | undefined;
  /** Ids of the concepts that its code or its words name. */
  readonly named: ReadonlySet<string>; readonly encounter: string | undefined; readonly from: number | undefined; readonly to: number | undefined; readonly ai: boolean };
export type ClaimLine = { readonly expression: string; readonly coding: Coding | undefined; readonly reference: string | undefined; readonly principal: boolean; readonly poa: string | undefined; readonly date: string | undefined;
  /** Why the patient came, as a claim states it beside what was found: the admitting diagnosis, the reason for the visit. */
  readonly before: boolean };
export type ChartClaim = { readonly version: string; readonly type: string; readonly encounters: readonly string[]; readonly inpatientByType: boolean;
  /** A hospital's bill; what one professional, a pharmacy or a dentist bills is none. */
  readonly ofHospital: boolean; readonly from: string | undefined; readonly to: string | undefined;
  readonly diagnoses: readonly ClaimLine[]; readonly procedures: readonly ClaimLine[] };
type Given = { readonly concept: string; readonly version: string; readonly encounter: string | undefined };

/** What the coding and note rules keep of a patient's chart: codes, mentions and ids, no texts but those of notes. */
export type Chart = {
  readonly frames: Map<string, Frame>;
  readonly principals: Map<string, { version: string; conditions: { id: string; expression: string; principal: boolean }[] }>;
  readonly notes: ChartNote[];
  readonly conditions: Map<string, ChartCondition>;
  readonly procedures: Map<string, ChartProcedure>;
  /** Codings of procedures that were not done: a claim may name one. */
  readonly undone: Map<string, readonly Coding[]>;
  readonly claims: ChartClaim[];
  readonly drugs: Given[];
  readonly medications: Map<string, readonly string[]>;
  /** Results that reached an indicator: LOINC code, version, encounter, value in the code's own unit. */
  readonly results: { readonly loinc: string; readonly value: number; readonly version: string; readonly encounter: string | undefined; readonly at: number | undefined }[];
};

const claimElements = ['type', 'subType', 'use', 'status', 'billablePeriod', 'diagnosis', 'procedure', 'item', 'created', 'supportingInfo'];

const reads: Reads = {
  Encounter: [...frameReads, 'diagnosis'],
  Condition: ['code', 'category', 'encounter', 'verificationStatus', 'clinicalStatus', 'evidence', 'recordedDate', '$ai'],
  Procedure: ['code', 'encounter', 'status', 'performedDateTime', 'performedPeriod', '$ai'],
  Claim: claimElements, ExplanationOfBenefit: claimElements,
  DocumentReference: ['type', 'status', 'context', 'content', 'author', 'authenticator', 'date', '$ai'],
  Composition: ['type', 'status', 'encounter', 'section', 'author', 'attester', 'date', '$ai'],
  MedicationRequest: ['status', 'encounter', 'medicationCodeableConcept', 'medicationReference'],
  MedicationAdministration: ['status', 'context', 'medicationCodeableConcept', 'medicationReference'],
  Medication: ['code'], Observation: ['code', 'status', 'valueQuantity', 'component', 'encounter'],
};

const indicatorCodes: ReadonlySet<string> = new Set([...concepts.values()].flatMap((concept) => concept.indicators.map((indicator) => indicator.loinc)));
// What they are called first, and those that the table names as treating a disease.
const drugNames: readonly string[] = [...new Set([...[...concepts.values()].filter((concept) => concept.kind === 'drug').map((concept) => concept.names[0] ?? ''), ...[...concepts.values()].flatMap((concept) => concept.drugs)])];

/** Drug names in what a medication is called. */
function drugsIn(concept: CodeableConcept | undefined): readonly string[] {
  const text = [concept?.text, ...(concept?.coding ?? []).map((coding) => coding.display)].join(' ');
  let names = called.get(text);
  if (names === undefined) {
    const lower = text.toLowerCase();
    names = lower.trim() === '' ? [] : drugNames.filter((name) => lower.includes(name));
    // A formulary has some thousand names; a record's own texts must not grow the map.
    if (called.size < 5_000) called.set(text, names);
  }
  return names;
}
const called = new Map<string, readonly string[]>();

export const chart = sharedFold<Chart>(reads, () => ({ frames: new Map(), principals: new Map(), notes: [], conditions: new Map(), procedures: new Map(), undone: new Map(), claims: [], drugs: [], medications: new Map(), results: [] }), step);

function step(state: Chart, entry: ViewEntry): void {
  if (entry.type === 'Medication') state.medications.set(entry.id, drugsIn((entry.fields as Partial<Medication>).code));
  if (entry.place !== 'compartment') return;
  switch (entry.type) {
    case 'Encounter': return encounterStep(state, entry);
    case 'Condition': return conditionStep(state, entry);
    case 'Procedure': return procedureStep(state, entry);
    case 'Claim': case 'ExplanationOfBenefit': return claimStep(state, entry);
    case 'DocumentReference': case 'Composition': return noteStep(state, entry);
    case 'MedicationRequest': case 'MedicationAdministration': return drugStep(state, entry);
    case 'Observation': return resultStep(state, entry);
  }
}

function encounterStep(state: Chart, entry: ViewEntry): void {
  state.frames.set(entry.id, frameOf(entry));
  const conditions = ((entry.fields as Partial<Encounter>).diagnosis ?? []).flatMap((line, index) => {
    const id = idOf(line.condition, 'Condition');
    return id === undefined ? [] : [{ id, expression: `Encounter.diagnosis[${index}]`, principal: line.rank === 1 || hasCode(line.use, 'pdx', 'principal') }];
  });
  if (conditions.length > 0) state.principals.set(entry.id, { version: entry.version, conditions });
}

function conditionStep(state: Chart, entry: ViewEntry): void {
  const condition = entry.fields as Partial<Condition>;
  const coding = codingIn(condition.code, 'icd10cm') ?? condition.code?.coding?.[0];
  state.conditions.set(entry.id, {
    id: entry.id, version: entry.version, coding, concept: conceptIn(condition.code), encounter: idOf(condition.encounter, 'Encounter'),
    ofEncounter: condition.category?.some((category) => hasCode(category, 'encounter-diagnosis')) ?? false,
    active: !hasCode(condition.verificationStatus, 'refuted', 'entered-in-error') && !hasCode(condition.clinicalStatus, 'inactive', 'resolved', 'remission'),
    ai: ((entry.fields['$ai'] as AiMarks | undefined)?.labels.length ?? 0) > 0, evidence: (condition.evidence?.length ?? 0) > 0,
    display: coding?.display ?? condition.code?.text ?? '', recorded: condition.recordedDate });
}

function procedureStep(state: Chart, entry: ViewEntry): void {
  const procedure = entry.fields as Partial<Procedure>;
  if (procedure.status === 'not-done' || procedure.status === 'entered-in-error' || procedure.status === 'preparation') {
    state.undone.set(entry.id, procedure.code?.coding ?? []);
    return;
  }
  const concept = conceptIn(procedure.code);
  state.procedures.set(entry.id, { id: entry.id, version: entry.version, codings: procedure.code?.coding ?? [], concept, named: new Set([...(concept === undefined ? [] : [concept.id]), ...conceptsNamed(procedure.code)]), encounter: idOf(procedure.encounter, 'Encounter'),
    from: moment(procedure.performedDateTime ?? procedure.performedPeriod?.start)?.from, to: moment(procedure.performedDateTime ?? procedure.performedPeriod?.end)?.to,
    ai: ((entry.fields['$ai'] as AiMarks | undefined)?.labels.length ?? 0) > 0 });
}

function claimStep(state: Chart, entry: ViewEntry): void {
  const claim = entry.fields as Either<ExplanationOfBenefit, Claim>;
  if (claim.status === 'cancelled' || claim.status === 'entered-in-error' || (claim.use !== undefined && claim.use !== 'claim')) return;
  const encounters = [...new Set((claim.item ?? []).flatMap((item) => (item.encounter ?? []).flatMap((reference) => idOf(reference, 'Encounter') ?? [])))];
  // Where no line is called principal, the first is.
  const typed = claim.diagnosis?.some((line) => line.type?.some((type) => hasCode(type, 'principal'))) === true;
  const diagnoses = (claim.diagnosis ?? []).map((line, index): ClaimLine => ({
    before: line.type?.length !== 0 && line.type?.every((type) => hasCode(type, 'admitting', 'patientreasonforvisit', 'retrospective')) === true,
    expression: `${entry.type}.diagnosis[${index}]`, coding: codingIn(line.diagnosisCodeableConcept, 'icd10cm') ?? line.diagnosisCodeableConcept?.coding?.[0],
    reference: idOf(line.diagnosisReference, 'Condition'), principal: typed ? line.type?.some((type) => hasCode(type, 'principal')) === true : line.sequence === 1,
    poa: indicatorIn(line.onAdmission), date: undefined }));
  const procedures = (claim.procedure ?? []).map((line, index): ClaimLine => ({
    expression: `${entry.type}.procedure[${index}]`, coding: line.procedureCodeableConcept?.coding?.find(isReportable) ?? line.procedureCodeableConcept?.coding?.[0], before: false, reference: idOf(line.procedureReference, 'Procedure'), principal: false, poa: undefined, date: line.date }));
  // Type of bill 11x and 12x: hospital, inpatient (NUBC, UB-04 FL 4).
  const inpatientByType = hasCode(claim.subType, 'inpatient', 'ip', 'inpatient-facility') || /inpatient/i.test(claim.subType?.text ?? '')
    || (claim.supportingInfo ?? []).some((info) => hasCode(info.category, 'typeofbill') && info.code?.coding?.some((coding) => /^0?1[12]/.test(coding.code ?? '')) === true);
  state.claims.push({ version: entry.version, type: entry.type, encounters, inpatientByType, ofHospital: !hasCode(claim.type, 'professional', 'pharmacy', 'oral', 'vision'), from: claim.billablePeriod?.start ?? claim.created, to: claim.billablePeriod?.end, diagnoses, procedures });
}

// UB-04 FL 67, as http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission and NUBC's own code system have it; a local code may stand beside it.
const indicators = new Set(['y', 'n', 'u', 'w', '1']);
const indicatorIn = (concept: CodeableConcept | undefined): string | undefined =>
  (concept?.coding?.find((coding) => indicators.has(coding.code?.toLowerCase() ?? '')) ?? concept?.coding?.[0])?.code ?? concept?.text;

// LOINC 18842-5 discharge summary; 28574-2 discharge note.
const dischargeTypes = ['18842-5', '28574-2'];

function noteStep(state: Chart, entry: ViewEntry): void {
  const document = entry.fields as Either<DocumentReference, Composition>;
  if (document.status === 'entered-in-error') return;
  const note = noteOf(entry);
  if (note === undefined) return;
  const aiMade = ((entry.fields['$ai'] as AiMarks | undefined)?.labels.length ?? 0) > 0 || (document.author?.every((author) => keyOf(author)?.startsWith('Device/') === true) === true && document.author.length > 0);
  const checked = document.authenticator !== undefined || (document.attester?.length ?? 0) > 0;
  state.notes.push({ version: entry.version, type: entry.type, encounter: encounterOf(entry), at: moment(entry.time)?.from, mentions: note.mentions, wording: wordingOf(note.text),
    discharge: hasCode(document.type, ...dischargeTypes) || note.sentences.some((sentence) => sentence.section === 'assessment' && sentence.words[0] === 'discharge'), byProvider: !aiMade || checked, aiMade });
}

function wordingOf(text: string): () => Wording {
  let wording: Wording | undefined;
  return () => {
    if (wording === undefined) {
      const sentences = sentencesIn(text);
      wording = { words: statedWords(sentences), saidMore: saidMoreIn(sentences) };
    }
    return wording;
  };
}

function drugStep(state: Chart, entry: ViewEntry): void {
  const drug = entry.fields as Either<MedicationRequest, MedicationAdministration>;
  if (drug.status === 'not-done' || drug.status === 'entered-in-error' || drug.status === 'cancelled') return;
  const referenced = idOf(drug.medicationReference, 'Medication');
  const names = referenced === undefined ? drugsIn(drug.medicationCodeableConcept) : state.medications.get(referenced) ?? [`Medication/${referenced}`];
  const encounter = encounterOf(entry);
  for (const concept of names) state.drugs.push({ concept, version: entry.version, encounter });
}

function resultStep(state: Chart, entry: ViewEntry): void {
  const observation = entry.fields as Partial<Observation>;
  if (observation.status === 'entered-in-error' || observation.status === 'cancelled') return;
  for (const one of [observation, ...(observation.component ?? [])]) {
    const measure = measureOf(one.code);
    if (measure?.unit === undefined || !indicatorCodes.has(measure.code)) continue;
    const value = valueIn(one.valueQuantity, measure.unit.ucum);
    if (value !== undefined) state.results.push({ loinc: measure.code, value, version: entry.version, encounter: encounterOf(entry), at: moment(entry.time)?.from });
  }
}

/** Whether it is coded in a system that is reported to payers. */
export const isReportable = (coding: Coding | undefined): boolean =>
  reported.has(systemOf(coding?.system));
const reported: ReadonlySet<string | undefined> = new Set<SystemName>(['icd10cm', 'icd10pcs', 'cpt', 'hcpcs']);

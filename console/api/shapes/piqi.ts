import Type from 'typebox';
import { Count, orNull } from './words.ts';

/**
 * What HL7 PIQI Edition 1 (HL7/piqi 1.0.0, commit 80baf434) asks of its documents, in our words: evaluation.md, "Anatomy of an Evaluation Rubric" and
 * "Evaluation Rubric Criteria"; sams.md, "Anatomy of a SAM"; piqi_framework.md, "PIQI Scoring in a Nutshell". No field is taken that is not here.
 */
const closed = { additionalProperties: false } as const;
const Word = Type.String({ minLength: 1 });
const Parameters = Type.Array(Type.Object({ parameterName: Word, parameterValue: Type.String() }, closed));
/** Edition 1 leaves a condition empty where there is none. */
const MaybeSam = Type.String({ pattern: '^([A-Za-z]+_[A-Za-z0-9]+)?$' });
const Sam = Type.String({ pattern: '^[A-Za-z]+_[A-Za-z0-9]+$' });

const common = {
  sequence: Type.Integer({ minimum: 1 }), description: Word, dataClass: Word, entity: Word, SAMMnemonic: Sam, SAMShortName: Word,
  successNameOverride: Type.String(), failureNameOverride: Type.String(), SAMParameters: Parameters, conditionalSAM: MaybeSam, conditionalSAMParameters: Parameters,
};
const Criterion = Type.Union([
  Type.Object({ ...common, scoringEffect: Type.Literal('scoring'), scoringWeight: Type.Number({ exclusiveMinimum: 0 }), criticalityIndicator: Type.Boolean() }, closed),
  Type.Object({ ...common, scoringEffect: Type.Literal('informational'), scoringWeight: Type.Literal(0), criticalityIndicator: Type.Literal(false) }, closed),
], { description: 'An informational criterion weighs nothing and is never critical.' });

const Rubric = Type.Object({
  mnemonic: Word, name: Word, description: Word, version: Word, authority: Word, source: Word, model: Word, modelVersion: Word,
  creationDateTime: Type.String({ format: 'date-time' }), modifiedDateTime: Type.String({ format: 'date-time' }), criteria: Type.Array(Criterion),
}, closed);

const Module = Type.Object({
  mnemonic: Sam, name: Word, successAlias: Word, failureAlias: Word, description: Word,
  inputType: Type.Enum(['Simple_Attribute', 'Codeable_Concept_Attribute', 'Observation_Value', 'Ranged_Value', 'Element', 'Data_Class', 'Patient'], { type: 'string' }),
  parameters: Type.Array(Word), prerequisiteSAM: MaybeSam,
  hdqtDimension: Type.String({ pattern: '^(Availability|Accuracy|Conformity|Plausibility)\\.[A-Za-z]+$' }),
  executionType: Type.Enum(['Primitive_Logic', 'Regex_Pattern', 'Stored_Procedure', 'RESTful_Service', 'Value_Set_Enum', 'Value_Set_Code'], { type: 'string' }),
  executionReference: Type.String(), source: Word,
}, closed);

const Index = orNull(Type.Number({ minimum: 0, maximum: 100 }));
const counts = {
  potentialItemScore: Count, totalItemScore: Count, piqiIndex: Index, criticalFailureCount: Count,
  potentialWeightedItemScore: Type.Number({ minimum: 0 }), totalWeightedItemScore: Type.Number({ minimum: 0 }), piqiWeightedIndex: Index,
};
const Result = Type.Object({
  messageID: Word, dataProviderID: Word, dataSourceID: Word, ...counts,
  dataClassFrequency: Type.Array(Type.Object({ dataClass: Word, count: Count }, closed)),
  details: Type.Object({
    dataClasses: Type.Array(Type.Object({ dataClass: Word, ...counts }, closed)),
    criteria: Type.Array(Type.Object({ sequence: Type.Integer({ minimum: 1 }), passed: Count, failed: Count, skipped: Count }, closed)),
  }, { ...closed, description: 'Beyond Edition 1: the same by data class, and each criterion’s counts.' }),
}, { ...closed, description: 'The message is the run.' });

export const PiqiDocument = Type.Object({ evaluationRubric: Type.Array(Rubric), simpleAssessmentModules: Type.Array(Module), results: Type.Array(Result) }, closed);

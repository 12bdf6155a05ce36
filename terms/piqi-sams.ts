/**
 * How far a Simple Assessment Module that HL7 PIQI Edition 1 describes is evaluated here: `asked`: by a rule with the same question, so that its
 * criteria carry the module's mnemonic; `part`: rules ask some of it, under mnemonics of their own; `not`.
 */
export type PiqiSam = { readonly sam: string; readonly how: 'asked' | 'part' | 'not'; readonly rules: readonly string[]; readonly type?: string; readonly says: string };

const asked = (sam: string, rule: string, type: string, says: string): PiqiSam => ({ sam, how: 'asked', rules: [rule], type, says });
const part = (sam: string, rules: readonly string[], says: string): PiqiSam => ({ sam, how: 'part', rules, says });
const not = (sam: string, says: string): PiqiSam => ({ sam, how: 'not', rules: [], says });

const typed = 'FHIR says of each element what it holds, and the check of the profile refuses anything else; it counts once a record, with all else that the profile asks.';

/** HL7/piqi, input/pagecontent/sams.md as of 1.0.0 (80baf434, 2026-08-06): each module that has a mnemonic there, in its order. */
export const piqiSams: readonly PiqiSam[] = [
  part('Attr_IsPopulated', ['completeness-must-support', 'reference-missing'], 'Of the must-support elements of the US Core profiles that a record names, and of the subject; a stated reason for absence is an answer. Once a record, not once an element.'),
  part('Attr_IsNumeric', ['profile'], typed),
  part('Attr_IsInteger', ['profile'], typed),
  part('Attr_IsDecimal', ['profile'], typed),
  part('Attr_IsPositiveNumber', ['profile'], typed),
  not('Attr_IsNegativeNumber', 'No element has to be negative.'),
  part('Attr_IsDate', ['profile'], typed),
  not('Attr_IsFutureDate', 'No element has to lie ahead.'),
  part('Attr_IsPastDate', ['time-future'], 'Of elements that tell what has happened; a day of grace after the retrieval.'),
  part('Attr_IsTime', ['profile'], typed),
  part('Attr_IsTimestamp', ['profile'], `${typed} A dateTime may be a date alone.`),
  part('Attr_IsTimestampTz', ['time-zone-absent'], 'Of times that have a time of day; a date alone passes.'),
  part('Attr_MatchesRegex', ['code-form'], 'Forms of code systems; no pattern of a deployment’s own.'),
  part('Attr_InList', ['terminology'], 'Elements with a required binding.'),
  part('Concept_HasCode', ['completeness-expected-system'], 'Of the elements in fhir-profiles/knowledge/expected-systems.json, which must have a code of an expected system.'),
  part('Concept_HasCodeSystem', ['completeness-expected-system'], 'As Concept_HasCode.'),
  not('Concept_HasDisplay', 'FHIR leaves the display open; code-display judges the one that is there.'),
  not('Concept_HasRecognizedCodeSystem', 'A system that is not at hand makes a check impossible, which counts in neither number.'),
  not('Concept_IsComplete', 'It needs a display (Concept_HasDisplay).'),
  part('Concept_IsValid', ['terminology', 'code-form', 'code-loinc-check-digit', 'code-snomed-check-digit'], 'Bound elements where the code system is at hand; elsewhere form and check digit. A display is not needed.'),
  part('Concept_IsValidMember', ['terminology', 'completeness-expected-system'], 'Required bindings; else that a code is from an expected system, not that the system has it. A display is not needed.'),
  part('Concept_IsConsistent', ['code-display'], 'The display against the names of LOINC codes that are at hand; the concept’s text is not compared.'),
  part('Concept_IsActive', ['code-active-on-date'], 'ICD-10-CM codes whose dates are in the table, on the date of service.'),
  part('ObservationValue_TypeInList', ['value-type-fits'], 'The list follows from the scale of the LOINC code.'),
  part('ObservationValue_MatchesType', ['profile'], 'In FHIR the element’s name states the type of the value.'),
  not('ObservationValue_IsQualitative', 'A condition for other modules; here a rule itself knows where it applies.'),
  not('RangeValue_IsComplete', 'A range with one end is whole in FHIR.'),
  asked('RangeValue_IsValid', 'value-reference-range', 'Observation', 'The low end is not above the high end; besides, the unit must be the value’s.'),
  not('Element_IsClean', 'No rule waits for others: each is asked.'),
  asked('LabResult_UnitIsPlausible', 'value-unit-fits', 'Observation', 'Of all measured values with a known LOINC code, vital signs too; a value without a unit counts in neither number.'),
  asked('LabResult_ValueIsPlausible', 'value-plausible-range', 'Observation', 'Of all measured values with a range in the table, by age where it matters.'),
  asked('Condition_SexPlausible', 'patient-sex-conflict', 'Condition', 'By the sex on file, unless the record tells of the anatomy.'),
  part('Class_HasDuplicates', ['duplicate-content'], 'The other way round: without a duplicate a record passes. The whole content is compared, not chosen attributes.'),
  not('Patient_IsUndocumentedDiabetic', 'documented-not-coded asks for diagnoses in notes that no code reports, not for those that results suggest.'),
];

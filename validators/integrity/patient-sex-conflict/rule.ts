import type { Patient } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/sex-codes.json' with { type: 'json' };
import { codedConflict } from '../templates/coded-conflict.ts';

const core = 'http://hl7.org/fhir/us/core/StructureDefinition';
// Clinical sex first: what a chart needs to know of anatomy is not what an ID card says.
const extensions = ['http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse', `${core}/us-core-sex`, `${core}/us-core-birthsex`];
const sexes: Readonly<Record<string, 'female' | 'male'>> = { female: 'female', male: 'male', F: 'female', M: 'male', 'female-typical': 'female', 'male-typical': 'male',
  248152002: 'female', 248153007: 'male' };

function clinicalSex(patient: Partial<Patient>): 'female' | 'male' | undefined {
  for (const url of extensions) {
    const extension = patient.extension?.find((one) => one.url === url);
    if (extension === undefined) continue;
    const value = extension.valueCode ?? extension.extension?.find((one) => one.url === 'value')?.valueCodeableConcept?.coding?.[0]?.code ?? extension.valueCoding?.code;
    // Said, and neither: nothing conflicts with it.
    return sexes[value ?? ''];
  }
  return sexes[patient.gender ?? ''];
}

export const patientSexConflict = codedConflict({
  id: 'patient-sex-conflict', version: 4,
  title: 'A code for another sex', why: 'The code or the sex is wrong, or the record is somebody else’s; where the patient’s anatomy is not told by the sex on file, nothing is.',
  sources: ['CMS, Definitions of Medicare Code Edits (sex conflict edits are deactivated: this scores only)', 'HL7 Gender Harmony'],
  rows: table.rows, patientElements: ['gender', 'extension'], against: 'Patient.gender',
  personOf: clinicalSex,
  conflict: (sex, row) => (row.sex === sex ? undefined : 'This code goes with the anatomy of another sex than the one on file.'),
});

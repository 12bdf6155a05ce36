import table from '../../../fhir-profiles/knowledge/age-codes.json' with { type: 'json' };
import { day, moment } from '../reading/moments.ts';
import { codedConflict } from '../templates/coded-conflict.ts';

const year = 365.2425 * day;

export const patientAgeConflict = codedConflict({
  id: 'patient-age-conflict', version: 4,
  title: 'A code for another age', why: 'The code or the birth date is wrong, or the record is somebody else’s.',
  sources: ['CMS, Definitions of Medicare Code Edits (age conflict)'],
  rows: table.rows, patientElements: ['birthDate'], against: 'Patient.birthDate',
  personOf: (patient) => moment(patient.birthDate),
  conflict(born, row, time) {
    const at = moment(time);
    if (at === undefined) return undefined;
    // Both dates may be coarse: the conflict must hold for every day they can mean.
    const oldest = (at.to - born.from) / year, youngest = (at.from - born.to) / year;
    return oldest < row.from || youngest >= row.to + 1 ? 'This code is for an age band that the patient was not in.' : undefined;
  },
});

import { written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { noteOtherPatient } from './rule.ts';

// Fifty-five years old on the day of the note, 2026-03-04.
const ada = { resourceType: 'Patient', id: 'p', name: [{ given: ['Ada', 'Maria'], family: 'Byron' }, { use: 'maiden', family: 'Milbanke' }], gender: 'female', birthDate: '1970-06-15' };
const wrong = ['DocumentReference/d wrong DocumentReference.content'];

patientCases(noteOtherPatient, {
  'another name': [[ada, written('Patient name: Marcus Wolff\nSeen today.')], wrong],
  'another birth date': [[ada, written('DOB: 03/04/1951. Seen today.')], wrong],
  'another sex': [[ada, written('This is a 55-year-old man with cough.')], wrong],
  'another age': [[ada, written('This is a 23 year old woman with cough.')], wrong],
  'a synthetic name': [[ada, written('Name: Wolff123, Marcus7')], wrong],
  'called by another family': [[ada, written('Assessment:\nMr. Wolff presents with cough.')], wrong],
  'called by her own': [[ada, written('Assessment:\nMrs. Byron presents with cough.')], []],
  'her husband': [[ada, written('Her husband, Mr. Wolff, is with her. Her husband Mr. Wolff has a cough too.')], []],
  'who is only named': [[ada, written('Discussed with Mr. Wolff of the pharmacy.')], []],
  'their own': [[ada, written('Patient: Byron, Ada\nDOB: 1970-06-15\n55-year-old white female with cough.')], []],
  'a maiden name': [[ada, written('Patient name: Ada Milbanke')], []],
  'respelt': [[ada, written('Patient name: Ada Biron')], []],
  'a year off around the birthday': [[ada, written('56 yo woman with cough.')], []],
  'a daughter’s age': [[ada, written('Her daughter, 23 year old student, is with her.')], []],
  'it does not say': [[ada, written('Cough for three days.')], []],
  'nobody knows the sex': [[{ ...ada, gender: 'unknown' }, written('55-year-old man')], []],
  'withdrawn': [[ada, written('Patient name: Marcus Wolff', { status: 'entered-in-error' })], []],
  'two names, of which one is hers': [[ada, written('Patient name: Ada Schmidt\nSeen today.')], []],
  'an age of two years more': [[ada, written('58 yo woman with cough.')], wrong],
  'an age of three years less': [[ada, written('52 yo woman with cough.')], wrong],
  'called by two names, of which one is hers': [[ada, written('Assessment:\nMrs. Byron-Wolff presents with cough.'), written('Assessment:\nMrs. Maria Byron presents with cough.', { id: 'd2' })], []],
  'an old woman’s age': [[{ ...ada, birthDate: '1940-06-15' }, written('85-year-old woman with cough.')], []],
  'an old woman, called fifty': [[{ ...ada, birthDate: '1940-06-15' }, written('50-year-old woman with cough.')], wrong],
  'a birth date in words': [[ada, written('Date of birth: February 2, 1971')], wrong],
  'their birth date in words': [[ada, written('Born 15 June 1970')], []],
  'a birth date without its century': [[ada, written('DOB 2/2/71')], wrong],
  'their birth date without its century': [[ada, written('DOB 6/15/70')], []],
  'their birth date, day first': [[ada, written('DOB: 15/06/1970')], []],
  'a letter for the sex': [[ada, written('55M with cough')], wrong],
  'a labelled sex': [[ada, written('Sex: M')], wrong],
  'their labelled sex': [[ada, written('Sex: F')], []],
  'a labelled age': [[ada, written('Age: 12')], wrong],
  'months old': [[ada, written('8 month old infant with fever')], wrong],
  'Mr. with her family': [[ada, written('Mr. Byron presents with cough')], wrong],
  'seen by the writer': [[ada, written('I saw Mrs. Anna Wolff in clinic')], wrong],
  'between name and verb, who it is': [[ada, written('Mrs. Wolff, a 55-year-old woman, has a cough')], wrong],
  'an old injury': [[ada, written('A 10 year old injury of the knee')], []],
  'a nurse': [[ada, written('Ms. Wolff, RN, was informed')], []],
  'called by her own and another family': [[ada, written('Mrs. Byron presents with cough. Mrs. Wolff was seen too.')], []],
});

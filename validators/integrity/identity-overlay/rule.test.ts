import { historyCases } from '../../../test/support/rule-cases.ts';
import { identityOverlay } from './rule.ts';

const person = (given: string, family: string, birthDate: string, gender = 'female', more: object = {}) =>
  ({ resourceType: 'Patient', name: [{ use: 'official', given: [given], family }], birthDate, gender,
    identifier: [{ system: 'urn:mrn', value: '7' }], address: [{ line: ['1 Elm St'], city: 'Salem' }], ...more });
const ada = person('Ada', 'Byron', '1980-03-04');

historyCases(identityOverlay, {
  'all four': [ada, person('Marcus', 'Wolff', '1951-11-30', 'male'), 'wrong Patient'],
  'given name and birth date': [ada, person('Susan', 'Byron', '1951-11-30'), 'wrong Patient'],
  'given name and sex: a twin': [ada, person('Marcus', 'Byron', '1980-03-04', 'male'), 'wrong Patient'],
  'family and birth date': [ada, person('Ada', 'Wolff', '1951-11-30'), 'wrong Patient'],
  'both names, another address': [ada, person('Susan', 'Wolff', '1980-03-04', 'female', { address: [{ line: ['9 Oak Rd'], city: 'Lynn' }] }), 'wrong Patient'],
  'both names, everything else as before': [ada, person('Susan', 'Wolff', '1980-03-04'), 'wrong/name-change Patient'],
  'a marriage': [ada, person('Ada', 'Wolff', '1980-03-04')],
  'a sibling’s given name alone': [ada, person('Susan', 'Byron', '1980-03-04')],
  'respelt, and a date corrected': [person('Catherine', 'Byron', '1980-03-04'), person('Katherine', 'Byron', '1980-04-03')],
  'a middle name added, sex learnt': [person('Ada', 'Byron', '1980-03-04', 'unknown'), person('Ada Maria', 'Byron', '1980-03-04')],
  'from a placeholder': [person('Jane', 'Doe', '1900-01-01', 'unknown'), ada],
  'from a newborn’s name': [person('Baby Girl', 'Wolff', '1980-03-04'), ada],
  'a year typed with its digits exchanged, another given name': [ada, person('Susan', 'Byron', '1908-03-04')],
  'a year with one other digit, another given name': [ada, person('Susan', 'Byron', '1981-03-04')],
  'day for month, another given name': [ada, person('Susan', 'Byron', '1980-04-03')],
  'two other digits, another given name': [ada, person('Susan', 'Byron', '1983-05-04'), 'wrong Patient'],
  'a birth date cut to its year, another given name': [ada, person('Susan', 'Byron', '1980')],
  'a birth date that was a year, another given name': [person('Ada', 'Byron', '1980'), person('Susan', 'Byron', '1980-03-04')],
  'no birth date any more, another given name': [ada, { ...person('Susan', 'Byron', ''), birthDate: undefined }],
  'no given name any more, another sex': [ada, person('', 'Byron', '1980-03-04', 'male')],
  'a name that was two, another sex': [person('Ada Maria', 'Byron', '1980-03-04'), person('Ada', 'Byron', '1980-03-04', 'male')],
  'both names, and a number of nobody gone': [{ ...ada, identifier: [...ada.identifier, { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-99-9999' }] }, person('Susan', 'Wolff', '1980-03-04'), 'wrong/name-change Patient'],
  'nothing': [ada, ada],
  'no given name before: one change only': [{ ...ada, name: [{ use: 'official', family: 'Byron' }] }, person('Susan', 'Byron', '1951-11-30')],
  'no given name after': [ada, { ...person('', 'Byron', '1951-11-30'), name: [{ use: 'official', family: 'Byron' }] }],
  'a second name was written behind the first': [ada, person('Ada Maria', 'Byron', '1951-11-30')],
  'a second name was dropped': [person('Ada Maria', 'Byron', '1980-03-04'), person('Ada', 'Byron', '1951-11-30')],
  'no birth date before': [{ ...ada, birthDate: undefined }, person('Susan', 'Byron', '1951-11-30')],
  'no birth date after': [ada, { ...person('Susan', 'Byron', ''), birthDate: undefined }],
  'a birth date less precise': [ada, person('Susan', 'Byron', '1980')],
  'a birth date more precise': [person('Ada', 'Byron', '1980'), person('Susan', 'Byron', '1980-07-09')],
  'two digits of the birth date changed places': [person('Ada', 'Byron', '1980-03-12'), person('Susan', 'Byron', '1980-03-21')],
  'two digits of the birth date are others': [ada, person('Susan', 'Byron', '1980-03-15'), 'wrong Patient'],
  'day and month changed places': [person('Ada', 'Byron', '1980-03-12'), person('Susan', 'Byron', '1980-12-03')],
  'a placeholder for a number is no other number': [ada, person('Susan', 'Wolff', '1980-03-04', 'female', { identifier: [{ system: 'urn:mrn', value: '7' }, { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-99-9999' }] }), 'wrong/name-change Patient'],
  'given and family name only changed places': [ada, person('Byron', 'Ada', '1980-03-04')],
  'changed places, and another birth date': [ada, person('Byron', 'Ada', '1951-11-30')],
  'names that are only written out, and another birth date': [{ ...ada, name: [{ text: 'Ada Byron' }] }, { ...person('', '', '1951-11-30'), name: [{ text: 'Marcus Wolff' }] }, 'wrong Patient'],
  'one word for a name': [ada, { ...person('', '', '1951-11-30'), name: [{ text: 'Wolff' }] }],
});

import { resourceCases } from '../../../test/support/rule-cases.ts';
import { codeDisplay } from './rule.ts';

const shown = (code: string, display?: string, system = 'http://loinc.org') =>
  ({ resourceType: 'Observation', code: { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] } });
const wrong = 'wrong Observation.code.coding[0].display';

resourceCases(codeDisplay, {
  'another test’s name': [shown('2823-3', 'Sodium [Moles/volume] in Serum or Plasma'), wrong],
  'a vital sign’s name on a laboratory test': [shown('718-7', 'Body weight'), wrong],
  'nothing that names anything': [shown('8480-6', 'see comment'), wrong],
  'another code’s name that shares a word': [shown('39156-5', 'Body temperature'), wrong],
  'its name': [shown('2823-3', 'Potassium [Moles/volume] in Serum or Plasma')],
  'in other letters': [shown('8480-6', 'Systolic Blood Pressure')],
  'a short name': [shown('2823-3', 'Potassium')],
  'an everyday name': [shown('3094-0', 'BUN')],
  'close, but none at hand': [shown('2823-3', 'Potassium, whole sample'), 'unevaluated Observation.code.coding[0].display'],
  'no display': [shown('2823-3')],
  'a code nobody knows here': [shown('1-8', 'anything')],
  'another system': [shown('2823-3', 'Sodium', 'urn:local')],
  'a usual abbreviation': [{ resourceType: 'Observation', code: { coding: [{ system: 'http://loinc.org', code: '2951-2', display: 'Na' }] } }],
});

import { drug, icd, result, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { aiUnsupportedCondition } from './rule.ts';

const label = { security: [{ code: 'AIAST' }] };
const made = (code = icd('E11.9', 'Type 2 diabetes mellitus without complications'), more: object = {}) => ({ resourceType: 'Condition', id: 'c', meta: label, code, encounter: { reference: 'Encounter/e' }, ...more });
const wrong = ['Condition/c wrong Condition.code'];

patientCases(aiUnsupportedCondition, {
  'nothing at all': [[made()], wrong],
  'a note that denies it': [[made(), written('No diabetes.')], wrong],
  'a mother’s': [[made(), written('Mother with diabetes.')], wrong],
  'results that speak against it': [[made(), result('4548-4', 5.2, '%')], wrong],
  'another AI says so too': [[made(), { ...made(), id: 'c2', evidence: [{ detail: [] }] }], wrong],
  'a code whose words nobody has': [[made({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'L42' }] } as never)], ['Condition/c unevaluated Condition.code']],
  'by the words of its title': [[made(icd('L42', 'Pityriasis rosea')), written('Pityriasis rosea of the trunk.')], []],
  'a provider’s note': [[made(), written('Diabetes, last A1c 8.')], []],
  'a result': [[made(), result('4548-4', 8.1, '%')], []],
  'a drug': [[made(), drug('Metformin 500 MG')], []],
  'recorded by a person': [[made(), { resourceType: 'Condition', id: 'x', code: icd('E11.65') }], []],
  'it names its evidence': [[made(undefined, { evidence: [{ detail: [{ reference: 'Observation/o' }] }] })], []],
  'not by an AI': [[made(undefined, { meta: {} })], []],
  'a person recorded another': [[made(), { resourceType: 'Condition', id: 'x', code: icd('J18.9') }], wrong],
  'a person recorded the same code, which no concept has': [[made(icd('L42', 'Pityriasis rosea')), { resourceType: 'Condition', id: 'x', code: icd('L42') }], []],
  'a code that no concept has, and nobody wrote of it': [[made(icd('L42', 'Pityriasis rosea'))], wrong],
  'without a code, as a person’s': [[made({ coding: [], text: 'Pityriasis rosea' } as never), { resourceType: 'Condition', id: 'x', code: { text: 'Gout' } }], wrong],
  'of the history': [[made(icd('L42', 'Pityriasis rosea')), written('PMH:\nHistory of pityriasis rosea.')], []],
  'resolved': [[made(icd('L42', 'Pityriasis rosea')), written('Pityriasis rosea has resolved.')], []],
  'uncertain': [[made(icd('L42', 'Pityriasis rosea')), written('Possible pityriasis rosea.')], []],
});

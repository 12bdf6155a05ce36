import { claim, drug, icd, pcs, result, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { codeNotDocumented } from './rule.ts';

const pneumonia = [stay(), claim([icd('J18.9', 'Pneumonia, unspecified organism')])];
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];

patientCases(codeNotDocumented, {
  'not in the note': [[...pneumonia, written('Assessment: acute bronchitis, home tomorrow.')], wrong],
  'negated': [[...pneumonia, written('No evidence of pneumonia.')], wrong],
  'somebody else’s': [[...pneumonia, written('Mother had pneumonia last year.')], wrong],
  'a result and a drug alone': [[...pneumonia, written('Cough improved.'), result('6690-2', 15, '10*3/uL'), drug('Ceftriaxone 1 GM')], wrong],
  'long past': [[stay(), claim([icd('I63.9')]), written('History of stroke in 2010. Comes with cough.')], wrong],
  'in another encounter’s note': [[...pneumonia, written('Assessment: pneumonia.', { id: 'd2', context: { encounter: [{ reference: 'Encounter/f' }] } }), written('Stable.')], wrong],
  'in an AI’s note that nobody checked': [[...pneumonia, written('Assessment: pneumonia.', { id: 'd2', author: [{ reference: 'Device/scribe' }] }), written('Stable.')], wrong],
  'a procedure': [[stay(), claim([], { procedure: [{ sequence: 1, procedureCodeableConcept: pcs('0DTJ4ZZ') }] }), written('Observed overnight.')], ['Claim/k wrong Claim.procedure[0]']],
  'an encounter diagnosis': [[stay(), { resourceType: 'Condition', id: 'c', category: [{ coding: [{ code: 'encounter-diagnosis' }] }], code: icd('J18.9'), encounter: { reference: 'Encounter/e' } }, written('Cough.')],
    ['Condition/c wrong Condition.code']],
  'by the words of its title': [[stay(), claim([icd('L40.0', 'Psoriasis vulgaris')]), written('Dry skin.')], wrong],
  'its title is in the note': [[stay(), claim([icd('L40.0', 'Psoriasis vulgaris')]), written('Known psoriasis vulgaris, flare.')], []],
  'stated': [[...pneumonia, written('Assessment: community-acquired pneumonia.')], []],
  'abbreviated': [[...pneumonia, written('Impression: PNA, improving.')], []],
  'a lasting illness, from the history': [[stay(), claim([icd('E11.9')]), written('PMH:\nDiabetes, hypertension')], []],
  'an AI’s note that a clinician signed': [[...pneumonia, written('Assessment: pneumonia.', { author: [{ reference: 'Device/scribe' }], authenticator: { reference: 'Practitioner/a' } })], []],
  'uncertain: another rule': [[...pneumonia, written('Probable pneumonia.')], []],
  'no notes': [pneumonia, ['Claim/k unevaluated Claim.diagnosis[0]']],
  'nothing to search for': [[stay(), claim([icd('L42')]), written('Dry skin.')], ['Claim/k unevaluated Claim.diagnosis[0]']],
  'ended within the stay': [[stay(), claim([icd('J18.9')]), written('Assessment:\nPneumonia, resolved.')], []],
  'ended before the visit': [[stay('AMB'), claim([icd('J18.9')]), written('Assessment:\nPneumonia, resolved.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'in the words of its title, denied': [[stay(), claim([icd('L42', 'Pityriasis rosea')]), written('No pityriasis rosea.')], ['Claim/k wrong Claim.diagnosis[0]']],
  'in the words of its title': [[stay(), claim([icd('L42', 'Pityriasis rosea')]), written('Pityriasis rosea of the trunk.')], []],
  'not coded for a payer': [[stay(), { resourceType: 'Condition', id: 'c', category: [{ coding: [{ code: 'encounter-diagnosis' }] }], code: { coding: [{ system: 'http://snomed.info/sct', code: '233604007' }] },
    encounter: { reference: 'Encounter/e' } }, written('Cough.')], []],
  'a circumstance that its title does not tell': [[stay(), claim([icd('W19.XXXA', 'Unspecified fall, initial encounter')]), written('Slipped at home.')], ['Claim/k unevaluated Claim.diagnosis[0]']],
  'a circumstance that is told': [[stay(), claim([icd('W19.XXXA', 'Unspecified fall, initial encounter')]), written('After a fall.')], []],
  'in British spelling': [[stay(), claim([icd('E87.1')]), written('Hyponatraemia.')], []],
  'an old one, from the history': [[stay(), claim([icd('I25.2')]), written('History of MI in 2010.')], []],
  'in the words of its title, denied, beside a result': [[stay(), claim([icd('L42', 'Pityriasis rosea')]), written('No pityriasis rosea.'), result('6690-2', 15, '10*3/uL')], ['Claim/k wrong Claim.diagnosis[0]']],
});

import { claim, drug, icd, result, stay, written } from '../../../test/support/coded-stay.ts';
import { patientCases } from '../../../test/support/rule-cases.ts';
import { codeNotClinicallySupported } from './rule.ts';

const sepsis = [stay(), claim([icd('A41.9')]), written('Assessment: sepsis.')];
const wrong = ['Claim/k wrong Claim.diagnosis[0]'];

patientCases(codeNotClinicallySupported, {
  'nothing measured': [sepsis, wrong],
  'all results ordinary': [[...sepsis, result('2524-7', 1.1, 'mmol/L'), result('6690-2', 8, '10*3/uL')], wrong],
  'measured in another stay': [[...sepsis, result('2524-7', 4, 'mmol/L', { encounter: { reference: 'Encounter/f' } })], wrong],
  'kidneys that work': [[stay(), claim([icd('N17.9')]), written('AKI on admission.'), result('2160-0', 0.9, 'mg/dL')], wrong],
  'a lactate': [[...sepsis, result('2524-7', 4, 'mmol/L')], []],
  'without an encounter, in its time': [[...sepsis, result('2524-7', 4, 'mmol/L', { encounter: undefined })], []],
  'in another unit': [[stay(), claim([icd('N17.9')]), written('AKI on admission.'), result('2160-0', 21, 'mg/L')], []],
  'a drug that treats it': [[stay(), claim([icd('J18.9')]), written('Pneumonia.'), drug('Ceftriaxone 1 GM')], []],
  'a lasting illness, treated in another stay': [[stay(), claim([icd('I10')]), written('Hypertension.'), drug('Lisinopril 10 MG', { encounter: { reference: 'Encounter/f' } })], []],
  'not documented: another rule': [[stay(), claim([icd('A41.9')]), written('Fever.')], []],
  'nobody knows what goes with it': [[stay(), claim([icd('G43.9')]), written('Migraine.')], []],
  'no indicators are known': [[stay(), claim([icd('L42', 'Pityriasis rosea')]), written('Pityriasis rosea of the trunk.')], []],
  'a lactate of venous blood': [[...sepsis, result('2519-7', 4, 'mmol/L')], []],
  'a creatinine in moles': [[stay(), claim([icd('N17.9')]), written('AKI on admission.'), result('14682-9', 250, 'umol/L')], []],
  'an ordinary creatinine in moles': [[stay(), claim([icd('N17.9')]), written('AKI on admission.'), result('14682-9', 80, 'umol/L')], wrong],
});

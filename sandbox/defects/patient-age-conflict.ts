import { isCoded, setCode } from './coded-claim.ts';
import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { codingIn, daysBetween, systems, textAt, type JsonObject } from './touch.ts';

const ageAt = (resource: JsonObject, { resolve }: Chart): number => {
  const at = textAt(resource, 'onsetDateTime') ?? textAt(resource, 'recordedDate') ?? textAt(resource, 'billablePeriod', 'start');
  const born = textAt(resolve(textAt(resource, 'subject', 'reference') ?? textAt(resource, 'patient', 'reference')), 'birthDate');
  return at === undefined || born === undefined ? NaN : daysBetween(born, at) / 365.25;
};
const condition = (because: string, code: string, from: number, to: number): Form => amend('Condition', because, (found, chart) => {
  const coding = codingIn(found['code'], systems.icd), age = ageAt(found, chart);
  return coding !== undefined && age >= from && age < to && Object.assign(coding, { code, display: '' });
});
const claim = (because: string, code: string, from: number, to: number): Form => amend('Claim', because, (billed, chart) => {
  const age = ageAt(billed, chart);
  return isCoded(billed) && age >= from && age < to && setCode(billed, 0, code);
});

export const patientAgeConflict: Defect = {
  rule: 'patient-age-conflict',
  forms: [
    condition('A liveborn infant of forty.', 'Z38.00', 30, 120), claim('A newborn’s jaundice is billed for an adult.', 'P59.9', 30, 120), condition('A child’s body mass index for an adult.', 'Z68.54', 30, 120), claim('A delivery is billed for a woman of seventy.', 'O80', 66, 120),
    condition('Dementia of a newborn.', 'F03.90', -1, 3), claim('A routine child examination of an adult.', 'Z00.129', 30, 120), condition('Weeks of gestation at seventy-five.', 'Z3A.39', 70, 120),
  ],
  nearMisses: [condition('A perinatal condition that lasts.', 'P27.1', 30, 120), claim('Dementia of an old patient.', 'F03.90', 60, 120), condition('A cataract of an old patient.', 'H25.11', 60, 120), claim('An adult’s examination.', 'Z00.00', 30, 120)],
};

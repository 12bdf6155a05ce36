import { amend, type Defect, type Form } from './defect.ts';
import { codingIn, coded, componentOf, hasLoinc, measure, part, systems, withoutValue, type Json, type JsonObject } from './touch.ts';

const numbers = ['2345-7', '2339-0', '2160-0', '38483-4', '718-7', '8867-4', '29463-7', '8302-2', '2823-3', '6298-4', '2951-2', '2947-0'];
const numeric = (because: string, name: string, value: Json): Form => amend('Observation', because, (observation) => {
  if (!hasLoinc(observation, ...numbers) || part(observation, 'valueQuantity') === undefined) return false;
  withoutValue(observation);
  observation[name] = value;
  return true;
});
const recoded = (because: string, code: string, change: (observation: JsonObject) => void): Form => amend('Observation', because, (observation) => {
  const coding = codingIn(part(observation, 'code'), systems.loinc);
  if (coding === undefined || !hasLoinc(observation, ...numbers)) return false;
  Object.assign(coding, { code, display: '' });
  change(observation);
  return true;
});

export const valueTypeFits: Defect = {
  rule: 'value-type-fits',
  forms: [
    numeric('A word where the code has a number.', 'valueString', 'see comment'),
    numeric('A concept where the code has a number.', 'valueCodeableConcept', coded(systems.snomed, '260385009', 'Negative')),
    numeric('True or false where the code has a number.', 'valueBoolean', true),
    recoded('A number where the code asks for a smoking status.', '72166-2', (observation) => measure(observation, 2, '1')),
    recoded('A number where the code asks for present or absent.', '5802-4', (observation) => measure(observation, 1, '1')),
    amend('Observation', 'A component with a word where the code has a number.', (observation) => {
      const component = componentOf(observation, '8480-6');
      if (component === undefined) return false;
      withoutValue(component);
      component['valueString'] = 'not palpable';
      return true;
    }),
  ],
  nearMisses: [
    numeric('A range is numbers too.', 'valueRange', { low: { value: 1, unit: '1' }, high: { value: 9, unit: '1' } }),
    numeric('No value, and the reason for it.', 'dataAbsentReason', coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-performed')),
    recoded('A word for an ordinal result.', '5802-4', (observation) => { withoutValue(observation); observation['valueString'] = 'negative'; }),
    recoded('A concept for a nominal result.', '5778-6', (observation) => { withoutValue(observation); observation['valueCodeableConcept'] = { text: 'yellow' }; }),
  ],
};

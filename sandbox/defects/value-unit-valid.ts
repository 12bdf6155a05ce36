import { amend, type Defect, type Form } from './defect.ts';
import { componentOf, hasLoinc, isCategory, measure, part, systems, valueOf, type JsonObject } from './touch.ts';

const quantity = (because: string, change: (quantity: JsonObject) => void, suits: (observation: JsonObject) => boolean = () => true): Form => amend('Observation', because, (observation) => {
  const found = part(observation, 'valueQuantity');
  if (found === undefined || !(isCategory(observation, 'laboratory') || isCategory(observation, 'vital-signs')) || !suits(observation)) return false;
  change(found);
  return true;
});
const spelled = (unit: string) => (found: JsonObject): void => { Object.assign(found, { unit, system: systems.ucum, code: unit }); };

export const valueUnitValid: Defect = {
  rule: 'value-unit-valid',
  forms: [
    quantity('Only words for people, no code.', (found) => { delete found['code']; delete found['system']; }),
    quantity('A spelling that is not UCUM.', spelled('mg per dl')),
    quantity('A usual abbreviation in place of the code.', spelled('bpm'), (observation) => hasLoinc(observation, '8867-4')),
    quantity('The unit is of a local code system.', (found) => { found['system'] = systems.local; }),
    quantity('No unit at all.', (found) => { for (const name of ['unit', 'code', 'system']) delete found[name]; }),
    amend('Observation', 'A component with mmHg for a code.', (observation) => {
      const component = componentOf(observation, '8480-6');
      return component !== undefined && measure(component, valueOf(component), 'mmHg');
    }),
  ],
  nearMisses: [
    quantity('Fahrenheit, as UCUM spells it.', (found) => { Object.assign(found, { value: 98.6, unit: 'degF', system: systems.ucum, code: '[degF]' }); }, (observation) => hasLoinc(observation, '8310-5')),
    quantity('An annotation is UCUM.', spelled('{breaths}/min'), (observation) => hasLoinc(observation, '9279-1')),
    quantity('The words for people are not UCUM, the code is.', (found) => { found['unit'] = 'kilos'; }, (observation) => hasLoinc(observation, '29463-7')),
  ],
};

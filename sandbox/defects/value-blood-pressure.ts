import { at, isObject, listAt, numberOf, textAt, type Json } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

const systolic = '8480-6', diastolic = '8462-4';

export const valueBloodPressure: Defect = {
  rule: 'value-blood-pressure', type: 'Observation', because: 'The two numbers were swapped at entry.',
  plant(observation) {
    const [high, low] = [component(observation, systolic), component(observation, diastolic)];
    if (!isObject(high) || !isObject(low)) return undefined;
    const [highValue, lowValue] = [high['valueQuantity'], low['valueQuantity']];
    if (highValue === undefined || lowValue === undefined) return undefined;
    if (!(numberOf(at(highValue, 'value')) > numberOf(at(lowValue, 'value')))) return undefined;
    high['valueQuantity'] = lowValue;
    low['valueQuantity'] = highValue;
    return amended(observation);
  },
};

const component = (observation: Json, code: string) =>
  listAt(observation, 'component').find((one) => textAt(one, 'code', 'coding', 0, 'code') === code);

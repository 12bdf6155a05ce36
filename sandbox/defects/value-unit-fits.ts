import { isObject, textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

// LOINC mass and substance concentrations that Synthea reports: glucose, creatinine, urea, calcium, cholesterols
const concentrations = new Set(['2339-0', '2345-7', '2160-0', '38483-4', '3094-0', '6299-2', '49765-1', '17861-6', '2093-3', '2571-8', '2085-9', '18262-6']);

export const valueUnitFits: Defect = {
  rule: 'value-unit-fits', type: 'Observation', because: 'A concentration in millimetres of mercury.',
  plant(observation) {
    const { valueQuantity: quantity } = observation;
    if (!isObject(quantity) || !concentrations.has(textAt(observation, 'code', 'coding', 0, 'code') ?? '')) return undefined;
    Object.assign(quantity, { unit: 'mm[Hg]', code: 'mm[Hg]' });
    return amended(observation);
  },
};

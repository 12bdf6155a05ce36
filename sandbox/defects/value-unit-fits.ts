import { amend, type Defect, type Form } from './defect.ts';
import { componentOf, hasLoinc, measure, valueOf } from './touch.ts';

// LOINC mass concentrations: glucose, creatinine, urea, calcium, cholesterols
const concentrations = ['2339-0', '2345-7', '2160-0', '38483-4', '3094-0', '6299-2', '49765-1', '17861-6', '2093-3', '2571-8', '2085-9', '18262-6', '718-7'];
const form = (because: string, codes: readonly string[], unit: string, factor = 1): Form => amend('Observation', because, (observation) => {
  if (!hasLoinc(observation, ...codes) || Number.isNaN(valueOf(observation))) return false;
  measure(observation, Math.round(valueOf(observation) * factor * 100) / 100, unit);
  return true;
});

export const valueUnitFits: Defect = {
  rule: 'value-unit-fits',
  forms: [
    form('A concentration in millimetres of mercury.', concentrations, 'mm[Hg]'),
    form('A mass concentration’s code with a unit of moles.', ['2339-0', '2345-7', '2160-0', '38483-4'], 'mmol/L'),
    form('A body weight in centimetres.', ['29463-7'], 'cm'),
    form('A height in kilograms.', ['8302-2'], 'kg'),
    form('A heart rate in millimetres of mercury.', ['8867-4'], 'mm[Hg]'),
    amend('Observation', 'A pressure component in milligrams per decilitre.', (observation) => {
      const component = componentOf(observation, '8462-4');
      return component !== undefined && measure(component, valueOf(component), 'mg/dL');
    }),
  ],
  nearMisses: [
    form('The same concentration in grams per litre.', ['2345-7', '2339-0', '2160-0'], 'g/L', 0.01),
    form('A weight in pounds.', ['29463-7'], '[lb_av]', 2.2046),
    form('A height in inches.', ['8302-2'], '[in_i]', 1 / 2.54),
    form('An annotation beside the unit.', ['8867-4'], '{beats}/min'),
    form('Litres spelled with a small l.', ['718-7', '2345-7', '2339-0'], 'mg/dl'),
  ],
};

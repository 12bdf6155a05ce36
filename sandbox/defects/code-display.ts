import { amend, type Defect, type Form } from './defect.ts';
import { codingIn, componentOf, hasLoinc, part, systems } from './touch.ts';

const form = (because: string, codes: readonly string[], display: string): Form => amend('Observation', because, (observation) => {
  const coding = codingIn(part(observation, 'code'), systems.loinc);
  return coding !== undefined && hasLoinc(observation, ...codes) && Object.assign(coding, { display });
});

export const codeDisplay: Defect = {
  rule: 'code-display',
  forms: [
    form('Glucose by its code, potassium by its display.', ['2345-7', '2339-0'], 'Potassium'), form('A weight by its code, a height by its display.', ['29463-7'], 'Height'), form('A heart rate by its code, a temperature by its display.', ['8867-4'], 'Temperature'),
    form('Creatinine by its code, sodium by its display.', ['2160-0', '38483-4'], 'Sodium'), form('Hemoglobin by its code, platelets by its display.', ['718-7', '4548-4'], 'Platelets'),
    amend('Observation', 'A component’s display is another’s.', (observation) => {
      const coding = codingIn(part(componentOf(observation, '8480-6'), 'code'), systems.loinc);
      return coding !== undefined && Object.assign(coding, { display: 'Heart rate' });
    }),
  ],
  nearMisses: [
    form('A shorter name of the code.', ['2345-7', '2339-0'], 'Glucose'), form('The usual name.', ['29463-7'], 'Weight'), form('In capitals.', ['8867-4'], 'HEART RATE'), form('Its full name.', ['2160-0'], 'Creatinine [Mass/volume] in Serum or Plasma'),
    form('An abbreviation.', ['39156-5'], 'BMI'), form('Another word for it.', ['8302-2'], 'Body height'),
  ],
};

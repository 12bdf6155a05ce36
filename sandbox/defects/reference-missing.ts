import { amended, type Defect } from './defect.ts';

export const referenceMissing: Defect = {
  rule: 'reference-missing', type: 'Observation', because: 'The interface dropped the patient.',
  plant(observation) {
    if (!observation['subject'] || !observation['valueQuantity']) return undefined;
    delete observation['subject'];
    return amended(observation);
  },
};

import type { Defect } from './defect.ts';

export const lineNotJson: Defect = {
  rule: 'line-not-json', most: 1, forms: [{
    type: 'Observation', because: 'A line of the export breaks off in the middle.',
    plant: (observation) => [{ how: 'loose', line: JSON.stringify(observation).slice(0, 150), carries: true }],
  }],
};

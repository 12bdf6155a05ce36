import { amended, type Defect } from './defect.ts';

export const statusWithdrawn: Defect = {
  rule: 'status-withdrawn', type: 'Observation', because: 'Its author marked it entered in error.',
  plant(observation) {
    if (observation['status'] !== 'final' || !observation['valueQuantity']) return undefined;
    observation['status'] = 'entered-in-error';
    return amended(observation);
  },
};

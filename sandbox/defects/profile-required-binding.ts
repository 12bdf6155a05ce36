import { amended, type Defect } from './defect.ts';

export const profileRequiredBinding: Defect = {
  rule: 'profile-required-binding', forms: [{
    type: 'Encounter', because: 'Encounter.status has a code of another value set.',
    plant(encounter) {
      if (encounter['status'] !== 'finished') return undefined;
      encounter['status'] = 'completed'; // a Procedure's word
      return amended(encounter);
    },
  }],
};

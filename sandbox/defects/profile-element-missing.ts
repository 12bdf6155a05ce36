import { amended, type Defect } from './defect.ts';

export const profileElementMissing: Defect = {
  rule: 'profile-element-missing', forms: [{
    type: 'Procedure', because: 'Procedure.status is required and absent.',
    plant(procedure) {
      if (!procedure['status']) return undefined;
      delete procedure['status'];
      return amended(procedure);
    },
  }],
};

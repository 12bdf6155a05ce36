import { amended, type Defect } from './defect.ts';

export const profilePrimitiveType: Defect = {
  rule: 'profile-primitive-type', forms: [{
    type: 'Immunization', because: 'Immunization.primarySource is a string where a boolean belongs.',
    plant(immunization) {
      if (typeof immunization['primarySource'] !== 'boolean') return undefined;
      immunization['primarySource'] = String(immunization['primarySource']);
      return amended(immunization);
    },
  }],
};

import { copyOf, isObject, listAt } from '../json-exact.ts';
import type { Defect } from './defect.ts';

export const identityPlaceholder: Defect = {
  rule: 'identity-placeholder', type: 'Patient', most: 1, because: 'A test patient of the IT department.',
  plant(patient, { random }) {
    const id = random.id();
    const test = copyOf(patient);
    for (const identifier of listAt(test, 'identifier')) if (isObject(identifier)) identifier['value'] = id;
    Object.assign(test, {
      id, name: [{ use: 'official', family: 'Zztest', given: ['Test'] }], birthDate: '1990-01-01',
      telecom: [{ system: 'phone', value: '555-555-5555', use: 'home' }],
    });
    delete test['deceasedDateTime'];
    return [{ how: 'add', resource: test, carries: true }];
  },
};

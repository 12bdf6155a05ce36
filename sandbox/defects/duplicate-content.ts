import { copyOf } from '../json-exact.ts';
import type { Defect } from './defect.ts';

export const duplicateContent: Defect = {
  rule: 'duplicate-content', type: 'Immunization', because: 'The interface sent it twice, the second time under a new id.',
  plant(immunization, { random }) {
    return [{ how: 'add', resource: { ...copyOf(immunization), id: random.id() }, carries: true }];
  },
};

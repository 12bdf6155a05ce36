import { textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const timeBeforeBirth: Defect = {
  rule: 'time-before-birth', type: 'Condition', because: 'The onset lies two years before the patient was born.',
  plant(condition, { resolve }) {
    const { onsetDateTime } = condition;
    const birthDate = textAt(resolve(textAt(condition, 'subject', 'reference')), 'birthDate');
    // born after 1960, so that the onset is not implausibly old as well
    if (typeof onsetDateTime !== 'string' || !birthDate || birthDate < '1960') return undefined;
    condition['onsetDateTime'] = `${Number(birthDate.slice(0, 4)) - 2}-06-15T09:30:00+00:00`;
    return amended(condition);
  },
};

import { isObject, textAt } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const referenceSubjectMismatch: Defect = {
  rule: 'reference-subject-mismatch', type: 'Observation', because: 'Filed under another patient than its encounter.',
  plant(observation, { patients, random }) {
    const { subject } = observation;
    const others = patients.filter((id) => `Patient/${id}` !== textAt(subject, 'reference'));
    const other = others[random.below(others.length)];
    if (!isObject(subject) || !other || !textAt(observation, 'encounter', 'reference')) return undefined;
    subject['reference'] = `Patient/${other}`;
    return amended(observation);
  },
};

import { createHash } from 'node:crypto';
import type { Change, Defect, Form } from './defect.ts';

/** New patients, each with a hashed token of the kind; so many of them have the same one. */
const tokens = (because: string, patients: number, sharing: number): Form => ({
  type: 'Patient', because,
  plant: (_, chart) => Array.from({ length: patients }, (_none, at): Change => {
    const id = chart.random.id(), letters = id.replace(/[^a-f]/g, '');
    const token = createHash('sha256').update(at < sharing ? because : id).digest('base64');
    return { how: 'add', carries: at < sharing, resource: {
      resourceType: 'Patient', id, active: true, name: [{ family: `Token${letters}`, given: [`Ward${letters.slice(0, 4)}`] }], gender: at % 2 === 0 ? 'female' : 'male',
      birthDate: `${1930 + chart.random.below(70)}-0${1 + chart.random.below(9)}-${10 + chart.random.below(18)}`, identifier: [{ system: 'http://tokens.example/linkage', value: token }] } };
  }),
});

export const identityTokenSharing: Defect = {
  rule: 'identity-token-sharing', hidden: true,
  forms: [tokens('Many have the token of empty fields.', 40, 18), tokens('Many have the token of a default birth date.', 40, 16)],
  nearMisses: [tokens('A family of a few shares one.', 40, 4)],
};

import { amend, type Defect, type Form } from './defect.ts';
import { textAt, type JsonObject } from './touch.ts';

const form = (because: string, link: (nobody: string, somebody: string) => JsonObject[]): Form => amend('Patient', because, (patient, { random, patients }) => Object.assign(patient, { link: link(`Patient/${random.id()}`, `Patient/${patients.find((id) => id !== textAt(patient, 'id')) ?? ''}`) }));

export const identityLinkUnresolved: Defect = {
  rule: 'identity-link-unresolved', apart: true, hidden: true,
  forms: [
    form('Replaced by a patient who is not there.', (nobody) => [{ type: 'replaced-by', other: { reference: nobody } }]), form('See also a patient who is not there.', (nobody) => [{ type: 'seealso', other: { reference: nobody } }]), form('Two links, the second to nobody.', (nobody, somebody) => [{ type: 'seealso', other: { reference: somebody } }, { type: 'refer', other: { reference: nobody } }]),
    form('It replaces a version of a patient who is not there.', (nobody) => [{ type: 'replaces', other: { reference: `${nobody}/_history/3` } }]),
  ],
  nearMisses: [form('See also a patient who is there.', (_nobody, somebody) => [{ type: 'seealso', other: { reference: somebody } }]), form('A link by an identifier.', () => [{ type: 'seealso', other: { identifier: { system: 'urn:x', value: '1' } } }])],
};

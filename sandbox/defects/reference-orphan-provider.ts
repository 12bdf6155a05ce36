import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { listAt, part, type JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (resource: JsonObject, nobody: string, chart: Chart) => unknown): Form => amend(type, because, (resource, chart) => change(resource, `Practitioner/${chart.random.id()}`, chart));

export const referenceOrphanProvider: Defect = {
  rule: 'reference-orphan-provider',
  forms: [
    form('Observation', 'Its performer is nobody.', (one, nobody) => Object.assign(one, { performer: [{ reference: nobody }] })), form('DocumentReference', 'Its author is nobody.', (one, nobody) => Object.assign(one, { author: [{ reference: nobody }] })),
    form('MedicationRequest', 'Its requester is nobody.', (one, nobody) => Object.assign(one, { requester: { reference: nobody } })), form('Encounter', 'One who took part is nobody.', (one, nobody) => Object.assign(one, { participant: [...listAt(one, 'participant'), { individual: { reference: nobody } }] })),
    form('Claim', 'The provider is an organisation that is nowhere.', (one, nobody) => Object.assign(one, { provider: { reference: nobody.replace('Practitioner', 'Organization') } })), form('Procedure', 'Who operated is a role that is nowhere.', (one, nobody) => Object.assign(one, { performer: [{ actor: { reference: nobody.replace('Practitioner', 'PractitionerRole') } }] })),
    form('Immunization', 'Who gave it is nobody.', (one, nobody) => Object.assign(one, { performer: [{ actor: { reference: nobody } }] })),
  ],
  nearMisses: [
    form('Observation', 'A performer by name alone.', (one) => Object.assign(one, { performer: [{ display: 'Night nurse' }] })), form('MedicationRequest', 'A requester contained in it.', (one) => Object.assign(one, { contained: [{ resourceType: 'Practitioner', id: 'a' }], requester: { reference: '#a' } })),
    form('Observation', 'The patient measured it.', (one) => Object.assign(one, { performer: [part(one, 'subject') ?? {}] })), form('Observation', 'A performer whom a search would find.', (one) => Object.assign(one, { performer: [{ reference: 'Practitioner?identifier=urn:x|1' }] })),
  ],
};

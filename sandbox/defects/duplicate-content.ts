import { add, type Defect, type Form } from './defect.ts';
import { copyOf, part, type JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (copy: JsonObject) => unknown = () => true, suits: (resource: JsonObject) => boolean = () => true): Form => add(type, because, (resource) => {
  if (!suits(resource)) return undefined;
  const copy = copyOf(resource);
  return change(copy) === false ? undefined : copy;
});
const hasValue = (observation: JsonObject): boolean => observation['valueQuantity'] !== undefined;

export const duplicateContent: Defect = {
  rule: 'duplicate-content',
  forms: [
    form('Immunization', 'The interface sent it twice, the second time under a new id.'), form('Observation', 'A result twice under two ids.', undefined, hasValue), form('MedicationRequest', 'An order twice under two ids.'),
    form('Condition', 'A diagnosis twice, the second time with other meta.', (copy) => { copy['meta'] = { ...part(copy, 'meta'), lastUpdated: '2026-02-02T02:02:02Z', versionId: '7' }; }),
    form('Procedure', 'A procedure twice, its members in another order.', (copy) => { for (const [name, value] of Object.entries(copy).reverse()) { delete copy[name]; copy[name] = value; } }), form('DocumentReference', 'A note twice, the second time with a narrative.', (copy) => { copy['text'] = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Note</div>' }; }),
  ],
  nearMisses: [
    form('Observation', 'The same value a minute later.', (copy) => { copy['effectiveDateTime'] = '2025-07-07T07:07:07Z'; }, hasValue), form('MedicationRequest', 'The same drug, ordered again.', (copy) => { copy['authoredOn'] = '2025-07-07T07:07:07Z'; }),
    form('Condition', 'The same diagnosis with another status.', (copy) => { copy['clinicalStatus'] = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'recurrence' }] }; }), form('Device', 'Two devices of one kind.'),
  ],
};

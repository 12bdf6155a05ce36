import { addChanged, amend, type Defect, type Form } from './defect.ts';
import { isObject, listAt, part, systems, textAt, type JsonObject } from './touch.ts';

const npiIn = (resource: JsonObject): JsonObject | undefined => listAt(resource, 'identifier').filter(isObject).find((one) => one['system'] === systems.npi);
// Synthea's practitioners have numbers of their own kind: what is added here is made of ours.
const form = (type: string, because: string, change: (identifier: JsonObject, value: string) => void): Form => addChanged(type, because, (copy) => {
  const identifier = npiIn(copy), value = textAt(identifier, 'value');
  if (identifier === undefined || value === undefined || value.length !== 10) return false;
  change(identifier, value);
  return true;
});
const nextDigit = (value: string): string => `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}`;

export const codeNpiCheckDigit: Defect = {
  rule: 'code-npi-check-digit',
  forms: [
    form('Practitioner', 'The last digit was mistyped.', (one, value) => { one['value'] = nextDigit(value); }), form('Organization', 'The organisation’s number was mistyped.', (one, value) => { one['value'] = nextDigit(value); }),
    form('Practitioner', 'A digit is missing.', (one, value) => { one['value'] = value.slice(0, 9); }), form('Practitioner', 'A placeholder of nines.', (one) => { one['value'] = '9999999999'; }),
    form('Practitioner', 'By its OID, mistyped.', (one, value) => { Object.assign(one, { system: 'urn:oid:2.16.840.1.113883.4.6', value: nextDigit(value) }); }),
    amend('Encounter', 'A participant is named by a number that is none.', (encounter) => {
      const participant = part(encounter, 'participant', 0);
      return participant !== undefined && Object.assign(participant, { individual: { identifier: { system: systems.npi, value: '1234567890' }, display: 'Dr. X' } });
    }),
  ],
  nearMisses: [
    form('Practitioner', 'A local number of ten digits.', (one) => { Object.assign(one, { system: systems.local, value: '1234567890' }); }), form('Practitioner', 'Another NPI that is right.', (one) => { one['value'] = '1234567893'; }),
  ],
};

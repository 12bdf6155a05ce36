import { amend, type Defect, type Form } from './defect.ts';
import { at, codingIn, componentOf, isCategory, part, systems, textAt, type JsonObject } from './touch.ts';

const nextDigit = (code: string): string => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
/** Another digit in the body where it changes the check digit. */
const otherBody = (code: string): string => `${(Number(code[0]) % 9) + 1}${code.slice(1)}`;

// Laboratory and notes only: vital signs have their codes fixed by profiles, which would be a second defect.
const form = (type: string, because: string, path: readonly (string | number)[], change: (coding: JsonObject, code: string) => void, suits: (resource: JsonObject) => boolean = () => true): Form => amend(type, because, (resource) => {
  const coding = codingIn(at(resource, ...path), systems.loinc);
  const code = textAt(coding, 'code');
  if (coding === undefined || code === undefined || !/^\d+-\d$/.test(code) || !suits(resource)) return false;
  change(coding, code);
  return true;
});
const laboratory = (observation: JsonObject): boolean => isCategory(observation, 'laboratory');

export const codeLoincCheckDigit: Defect = {
  rule: 'code-loinc-check-digit',
  forms: [
    form('Observation', 'A digit of the LOINC code was mistyped.', ['code'], (coding, code) => { coding['code'] = nextDigit(code); }, laboratory),
    form('Observation', 'The first digit of the LOINC code is another.', ['code'], (coding, code) => { coding['code'] = otherBody(code); }, laboratory),
    form('DocumentReference', 'The type of a note has a wrong check digit.', ['type'], (coding, code) => { coding['code'] = nextDigit(code); }),
    form('DiagnosticReport', 'A report’s code lost its check digit.', ['code'], (coding, code) => { coding['code'] = code.slice(0, -2); }),
    form('Observation', 'By LOINC’s OID, with a wrong check digit.', ['code'], (coding, code) => { Object.assign(coding, { system: 'urn:oid:2.16.840.1.113883.6.1', code: nextDigit(code) }); }, laboratory),
    form('Observation', 'A local code is sent as LOINC.', ['code'], (coding) => { coding['code'] = 'GLU-1'; }, laboratory),
    amend('Observation', 'A component’s code has a wrong check digit.', (observation) => {
      const coding = codingIn(part(componentOf(observation, '8480-6'), 'code'), systems.loinc);
      return coding !== undefined && Object.assign(coding, { code: '8480-7' });
    }),
  ],
  nearMisses: [
    form('Observation', 'A local code of a local system.', ['code'], (coding) => { Object.assign(coding, { system: systems.local, code: '1234-9' }); }, laboratory),
    amend('Observation', 'A LOINC answer has a code of its own kind.', (observation) => { observation['interpretation'] = [{ coding: [{ system: systems.loinc, code: 'LA6576-8', display: 'Positive' }] }]; }),
  ],
};

import { amend, type Defect, type Form } from './defect.ts';
import { codingIn, part, systems, textAt, type JsonObject } from './touch.ts';

const form = (because: string, change: (code: string) => string, more: JsonObject = {}): Form => amend('Condition', because, (condition) => {
  const coding = codingIn(part(condition, 'code'), systems.snomed);
  const code = textAt(coding, 'code');
  return coding !== undefined && code !== undefined && code.length > 6 && Object.assign(coding, { code: change(code) }, more);
});
const element = (type: string, because: string, name: string, code: string): Form => amend(type, because, (resource) => { resource[name] = name === 'code' ? { coding: [{ system: systems.snomed, code }] } : [{ coding: [{ system: systems.snomed, code }] }]; });

// The first two neighbours that differ: Verhoeff finds every such exchange.
function exchanged(code: string): string {
  const at = [...code].findIndex((digit, index) => index > 0 && digit !== code[index + 1] && index + 1 < code.length);
  return `${code.slice(0, at)}${code[at + 1] ?? ''}${code[at] ?? ''}${code.slice(at + 2)}`;
}

export const codeSnomedCheckDigit: Defect = {
  rule: 'code-snomed-check-digit',
  forms: [
    form('The last digit of the SNOMED CT code was mistyped.', (code) => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`), form('Two digits were exchanged.', exchanged),
    form('A spreadsheet wrote it with an exponent.', (code) => `${code[0] ?? ''}.${code.slice(1, 3)}E+${code.length - 1}`), form('It was cut short.', (code) => code.slice(0, 5)), element('Procedure', 'A body site that is no SNOMED CT.', 'bodySite', '123456789'),
    element('AllergyIntolerance', 'An allergy whose code has a letter.', 'code', '91936O05'), form('By SNOMED CT’s OID, mistyped.', (code) => `${code.slice(0, -1)}${(Number(code.at(-1)) + 3) % 10}`, { system: 'urn:oid:2.16.840.1.113883.6.96' }),
  ],
  nearMisses: [
    form('A postcoordinated expression.', (code) => `${code}:363698007=39057004`), form('A local code of a local system.', () => '12345', { system: systems.local }), form('A long identifier of an extension.', () => '999000011000001104'),
  ],
};

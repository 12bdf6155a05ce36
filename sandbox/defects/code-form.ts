import { amend, type Defect, type Form } from './defect.ts';
import { coded, listAt, part, systems, type JsonObject } from './touch.ts';

const hcpcs = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', ndc = 'http://hl7.org/fhir/sid/ndc';
const diagnosis = (because: string, code: string, system: string = systems.icd): Form => amend('Condition', because, (condition) => { condition['code'] = coded(system, code); });
const line = (because: string, element: 'diagnosis' | 'procedure', system: string, code: string): Form => amend('Claim', because, (claim) => {
  const found = part(claim, element, 0);
  return found !== undefined && found[`${element}CodeableConcept`] !== undefined && Object.assign(found, { [`${element}CodeableConcept`]: coded(system, code) });
});
const whole = (type: string, because: string, element: string, system: string, code: string): Form => amend(type, because, (resource) => resource[element] !== undefined && Object.assign(resource, { [element]: coded(system, code) }));
const item = (because: string, system: string, code: string): Form => amend('Claim', because, (claim: JsonObject) => {
  const [first] = listAt(claim, 'item');
  return first !== undefined && Object.assign(part(first) ?? {}, { productOrService: coded(system, code) });
});

export const codeForm: Defect = {
  rule: 'code-form',
  forms: [
    diagnosis('A letter O for a zero.', 'E1O.9'), diagnosis('The dot is in the wrong place.', 'E1.19'), line('Two characters only.', 'diagnosis', systems.icd, 'I1'), line('A procedure code of six characters.', 'procedure', systems.pcs, '0DTJ4Z'),
    line('A procedure code with the letter O.', 'procedure', systems.pcs, 'ODTJ4ZZ'), item('A CPT code of four digits.', systems.cpt, '9921'), item('A HCPCS code without its letter.', hcpcs, '0123'), whole('Immunization', 'A vaccine code that is a word.', 'vaccineCode', systems.cvx, 'FLU'),
    whole('MedicationRequest', 'A drug code with a letter.', 'medicationCodeableConcept', systems.rxnorm, 'RX6809'), whole('MedicationRequest', 'A drug code of twelve digits.', 'medicationCodeableConcept', ndc, '123456789012'), diagnosis('ICD-9 sent as ICD-10.', '250.00'),
    diagnosis('In lower case, by its OID.', 'e11.9', 'urn:oid:2.16.840.1.113883.6.90'),
  ],
  nearMisses: [
    diagnosis('Without its dot.', 'E119'), diagnosis('With a seventh character.', 'S72.001A'), diagnosis('A letter in the third place.', 'C7A.00'), item('A category II code of CPT.', systems.cpt, '3044F'), item('A HCPCS code.', hcpcs, 'G0439'),
    whole('MedicationRequest', 'An NDC with hyphens.', 'medicationCodeableConcept', ndc, '0002-8215-01'), whole('Immunization', 'A vaccine code of one digit.', 'vaccineCode', systems.cvx, '3'), diagnosis('A local code.', 'zz-1', systems.local),
  ],
};

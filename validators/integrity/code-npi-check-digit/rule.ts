import type { Identifier } from '@medplum/fhirtypes';
import { isNpi } from '../reading/check-digits.ts';
import { systemOf } from '../reading/coded.ts';
import { inventory, pathTo } from '../reading/inventory.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

// http://terminology.hl7.org/CodeSystem/v2-0203
const isNpiOf = ({ system, type }: Identifier): boolean => systemOf(system) === 'npi' || type?.coding?.some(({ code }) => code === 'NPI') === true;

export const codeNpiCheckDigit = resourceRule({
  id: 'code-npi-check-digit', version: 2, category: 'value conformance', owner: 'mapping',
  title: 'An NPI whose check digit is wrong', why: 'The number is nobody’s: claims are refused and care cannot be attributed.',
  sources: ['45 CFR 162.406; CMS, NPI check digit (ISO/IEC 7812 Luhn with the prefix 80840)'],
  reads: { '*': [] },
  check: (resource) => inventory(resource).identifiers.filter((identifier) => isNpiOf(identifier) && !isNpi(identifier.value))
    .map((identifier) => wrong(pathTo(resource, identifier, 'value'), 'This is no National Provider Identifier: its check digit does not follow from its number.')),
});

import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/code-systems.json' with { type: 'json' };

/** The names that the knowledge tables use for code systems. */
export type SystemName = 'loinc' | 'snomed' | 'rxnorm' | 'cvx' | 'ndc' | 'cpt' | 'icd10cm' | 'icd10pcs' | 'hcpcs' | 'cdt' | 'npi' | 'ssn' | 'ucum';

const names: ReadonlyMap<string, SystemName> = new Map(table.rows.flatMap((row) => [row.uri, ...row.also].map((uri) => [uri, row.name as SystemName] as const)));

/** The system that a URI, an OID or a usual misspelling of one stands for. */
export const systemOf = (uri: string | undefined): SystemName | undefined => (uri === undefined ? undefined : names.get(uri));

export const codeIn = (concept: CodeableConcept | undefined, system: SystemName): string | undefined => codingIn(concept, system)?.code;

export const codingIn = (concept: CodeableConcept | undefined, system: SystemName): Coding | undefined =>
  concept?.coding?.find((coding) => systemOf(coding.system) === system);

export const hasCode = (concept: CodeableConcept | undefined, ...codes: readonly string[]): boolean =>
  concept?.coding?.some((coding) => coding.code !== undefined && codes.includes(coding.code)) ?? false;

/** ICD-10-CM without its dot, upper case: `E11.9` and `E119` are one code. */
export const bareIcd = (code: string): string => code.replace('.', '').toUpperCase();

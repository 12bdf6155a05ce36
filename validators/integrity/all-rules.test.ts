import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Resource } from '../../terms/rule.ts';
import { ruleHash } from '../../test/support/rule-hashes.ts';
import { allRules } from './all-rules.ts';
import { checkHistory } from './check-history.ts';
import { checkPatient } from './check-patient.ts';
import { checkResource } from './check-resource.ts';
import { project } from './projection.ts';
import hashes from './rule-hashes.json' with { type: 'json' };

test('one id each, sorted, with what a steward needs to know', () => {
  const ids = allRules.map((rule) => rule.id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const rule of allRules) {
    expect(rule.why).toMatch(/^[A-Z].{20,}\.$/);
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.kind).toBe(judges.test(rule.id) ? 'judge' : 'compute');
    if (rule.parameters !== undefined) {
      expect(new Ajv({ strict: true }).compile(rule.parameters.schema)(rule.parameters.defaults)).toBe(true);
    }
  }
});
// The catalogue says which rules judge.
const judges = /^(identity|note|code-not|documented|uncertain|laterality|ai-note|ai-unsupported|ai-undeclared)-|^ai-undeclared$/;

test('a rule whose code, templates or tables changed has a new version', () => {
  const now = Object.fromEntries(allRules.map((rule) => [rule.id, { version: rule.version, hash: ruleHash(rule.id) }]));
  // After raising the versions: node test/support/raise-rule-hashes.ts
  expect(now).toEqual(hashes);
});

// What EHRs really send in place of what FHIR defines: the engine neither throws nor passes it for clean by throwing away.
const junk = fc.letrec<{ any: unknown }>((tie) => ({ any: fc.oneof({ maxDepth: 4 }, fc.constantFrom<unknown>(null, '', 'x', 0, -1, true, '2020', 'Patient/p'),
  fc.array(tie('any'), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('code', 'coding', 'system', 'value', 'subject', 'reference', 'period', 'start', 'end', 'name', 'given', 'identifier', 'extension', 'url'), tie('any'), { maxKeys: 4 })) })).any;
const types = ['Patient', 'Observation', 'Encounter', 'Condition', 'DocumentReference', 'Provenance', 'Claim', 'MedicationRequest', 'Composition', 'Device', 'Procedure', 'AllergyIntolerance'];
const elements = ['code', 'subject', 'status', 'period', 'name', 'identifier', 'component', 'valueQuantity', 'meta', 'birthDate', 'effectiveDateTime', 'target', 'agent', 'encounter',
  'content', 'diagnosis', 'item', 'class', 'category', 'extension', 'contained', 'author', 'link', 'procedure', 'bodySite', 'referenceRange', 'dosageInstruction'];
const broken = fc.record({ resourceType: fc.constantFrom(...types), id: fc.constantFrom('a', 'p'), rest: fc.dictionary(fc.constantFrom(...elements), junk) })
  .map(({ rest, ...named }) => ({ ...rest, ...named }) as Resource);

test('no junk throws', () => {
  fc.assert(fc.property(fc.array(broken, { minLength: 1, maxLength: 5 }), (resources) => {
    const asOf = '2026-11-01T00:00:00Z';
    for (const resource of resources) {
      checkResource(resource, { asOf });
      checkHistory(resource, resource, { asOf, beforeVersion: '1' });
    }
    const entries = resources.map((resource, index) => ({ version: String(index), type: resource.resourceType, id: String(resource.id), time: '', fields: project(resource), place: 'compartment' as const }));
    checkPatient({ patient: 'p', asOf, failedTypes: new Set(), reference: () => 'landed', entries });
  }), { numRuns: 300 });
});

test('a type that was not extracted makes the rules that read it unevaluated', () => {
  const entry = { version: '1', type: 'Patient', id: 'p', time: '', fields: { birthDate: '1990-01-01' }, place: 'compartment' as const };
  const found = checkPatient({ patient: 'p', asOf: '2026-11-01', failedTypes: new Set(['Encounter']), reference: () => 'landed', entries: [entry] }).get('1') ?? [];
  expect(found.every((finding) => finding.outcome === 'unevaluated')).toBe(true);
  expect(found.map((finding) => finding.rule)).toContain('reference-subject-mismatch');
  expect(found.map((finding) => finding.rule)).not.toContain('duplicate-content');
});

test('when a type changes only the rules that read it are asked', () => {
  const entry = { version: '1', type: 'Patient', id: 'p', time: '', fields: {}, place: 'compartment' as const };
  const view = { patient: 'p', asOf: '2026-11-01', failedTypes: new Set<string>(), reference: () => 'landed' as const, entries: [entry] };
  expect([...checkPatient(view).values()].flat().map((finding) => finding.rule)).toContain('time-before-birth');
  expect([...checkPatient(view, { readTypesChanged: new Set(['Substance']) }).values()].flat()).toEqual([]);
});

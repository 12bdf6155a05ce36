import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { Checker } from './checker.ts';
import { compileWith } from './fhirpath-invariants.ts';
import { guardOf, inOrder } from './invariant-guards.ts';
import { nativeInvariants } from './native-invariants.ts';
import type { ElementNode } from './element-tree.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

const checkerOf = (resource: { readonly resourceType: string }): Checker => new Checker(validator.program,
  { profiles: [], bestPractice: false, unknownExtension: 'information', allowExamples: true, displays: 'warning', securityChecks: false, hints: false, checkContained: true }, resource, Buffer.from('{}'), '{}');

const date = fc.constantFrom('2020', '2020-01', '2020-01-02', '2019-12-31', '2020-01-02T10:00:00Z', '2020-01-02T10:00:00+01:00', '2020-01-02T09:30:00Z');
const contained = fc.option(fc.array(fc.record({ resourceType: fc.constant('Patient'), id: fc.constantFrom('a', 'b'), meta: fc.option(fc.record({ versionId: fc.constant('1') }), { nil: undefined }) }, { requiredKeys: ['resourceType'] }), { minLength: 1 }), { nil: undefined });
/** What the guarded and hand-written expressions start from. */
const values: Readonly<Record<string, fc.Arbitrary<object>>> = {
  Period: fc.record({ start: date, end: date }, { requiredKeys: [] }),
  Quantity: fc.record({ value: fc.integer(), code: fc.constant('m'), system: fc.constant('http://unitsofmeasure.org') }, { requiredKeys: [] }),
  Extension: fc.record({ url: fc.constant('http://a.example/b'), valueString: fc.constant('x'), extension: fc.constant([{ url: 'c', valueString: 'x' }]) }, { requiredKeys: ['url'] }),
  Observation: fc.record({ resourceType: fc.constant('Observation'), contained, valueString: fc.constant('x'), dataAbsentReason: fc.constant({ text: 'x' }), component: fc.constant([{ code: { text: 'x' } }]), code: fc.constant({ text: 'x' }) }, { requiredKeys: ['resourceType'] }),
};

describe('what stands in for a compiled invariant says the same', () => {
  it.each(Object.keys(values))('%s', (type) => {
    const compile = compileWith(validator.program.catalog);
    const node = validator.program.catalog.type(type)!.root;
    for (const { expression, key } of node.definition.constraint ?? []) {
      const test = expression === undefined || ['ele-1', 'dom-3'].includes(key) ? null : compile(expression, type);
      const source = guardOf(expression, node, 'o');
      const native = expression === undefined ? undefined : nativeInvariants.get(expression);
      if (!test || (!source && !native)) continue;
      const guard = source ? new Function('o', 'inOrder', `return ${source}`) as (o: object, f: typeof inOrder) => boolean : undefined;
      fc.assert(fc.property(values[type]!, (value) => {
        const checker = checkerOf(type === 'Observation' ? value as { resourceType: string } : { resourceType: 'Observation' });
        const clean = JSON.parse(JSON.stringify(value)) as object;
        const holds = test(clean, checker);
        if (guard && !guard(clean, inOrder)) expect(holds, key).toBe(true);
        if (native) expect(native(clean, checker), key).toBe(holds);
      }), { numRuns: 300 });
    }
  }, 60_000);

  it('takes no absent element for a reason to hold where the expression goes on with "and"', () => {
    const node = { children: [{ name: 'a', choice: false }] } as unknown as ElementNode;
    expect(guardOf('a.empty() or b and c', node, 'o')).toBeUndefined();
    expect(guardOf('a.empty() or b', node, 'o')).toBe('(o["a"]!==undefined||o["_a"]!==undefined)');
  });
});

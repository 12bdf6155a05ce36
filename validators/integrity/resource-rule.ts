import type { Resource, ResourceRule, RuleContext, Said } from '../../terms/rule.ts';

type Stated<R> = Omit<ResourceRule, 'scope' | 'kind' | 'check'> & Partial<Pick<ResourceRule, 'kind'>>
  & { check(resource: R, context: RuleContext): readonly Said[] };

/**
 * A rule over one resource, run while landing; `reads` names its types. It is written against FHIR's
 * types: where a record's structure breaks them the rule throws, and the engine says unevaluated.
 */
export const resourceRule = <R = Resource>(rule: Stated<R>): ResourceRule =>
  ({ kind: 'compute', ...(rule as unknown as Stated<Resource>), scope: 'resource' });

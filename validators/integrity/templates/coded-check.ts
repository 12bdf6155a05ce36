import type { ResourceRule, RuleFacts } from '../../../terms/rule.ts';
import type { SystemName } from '../reading/coded.ts';
import { elementOf, inventory, pathTo } from '../reading/inventory.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & {
  readonly says: string;
  /** What is wrong with the code, as a cause; undefined where nothing is, or the system is none of the rule's. */
  fault(system: SystemName, code: string): string | undefined;
};

/** A rule over the codes of a system, wherever they are. */
export const codedCheck = ({ fault, says, ...facts }: Stated): ResourceRule => resourceRule({
  ...facts, category: 'value conformance', owner: facts.id === 'code-form' ? 'coding' : 'mapping', reads: { '*': [] },
  check: (resource) => inventory(resource).codings.flatMap(({ system, coding }) => {
    const cause = fault(system, coding.code);
    if (cause === undefined) return [];
    const path = pathTo(resource, coding);
    return [wrong(`${path}.code`, says, { cause: `${elementOf(path)}: ${cause}` })];
  }),
});

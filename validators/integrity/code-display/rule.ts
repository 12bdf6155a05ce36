import { elementOf, inventory, pathTo } from '../reading/inventory.ts';
import { namingOf } from '../reading/designations.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';
import { safeCode } from '../reading/cause.ts';

export const codeDisplay = resourceRule({
  id: 'code-display', version: 4, category: 'relational conformance', owner: 'mapping',
  title: 'A display that does not go with the code', why: 'People read the display, machines the code: one of them is misled.',
  sources: ['http://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display'],
  reads: { '*': [] },
  check: (resource) => inventory(resource).codings.flatMap(({ system, coding }) => {
    const naming = system !== 'loinc' || coding.display === undefined ? undefined : namingOf(coding.code, coding.display);
    if (naming === undefined || naming === 'names') return [];
    const path = pathTo(resource, coding);
    const cause = `${elementOf(path)}: ${safeCode(coding.system, coding.code)}`;
    return [naming === 'near' ? unevaluated(`${path}.display`, 'The display shares words with the names of the code that are at hand and is none of them.', { cause })
      : wrong(`${path}.display`, 'The display is no name of this code; correct the one that is wrong.', { cause })];
  }),
});

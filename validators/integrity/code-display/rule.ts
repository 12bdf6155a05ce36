import { systemOf } from '../reading/coded.ts';
import { elementOf, inventory, pathTo } from '../reading/inventory.ts';
import { designationsOf, namesAnother, plainWords } from '../reading/designations.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';
import { safeCode } from '../reading/cause.ts';

export const codeDisplay = resourceRule({
  id: 'code-display', version: 4, category: 'relational conformance', owner: 'mapping',
  title: 'A display that does not go with the code', why: 'People read the display, machines the code: one of them is misled.',
  sources: ['http://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display'],
  reads: { '*': [] },
  check: (resource) => inventory(resource).codings.flatMap((value) => {
    if (systemOf(value.system) !== 'loinc' || value.display === undefined) return [];
    const known = designationsOf(value.code);
    if (known === undefined) return [];
    const words = plainWords(value.display);
    // A shorter name drops words of the full one and adds none.
    if (words.size > 0 && known.some((designation) => [...words].every((word) => designation.has(word)))) return [];
    const shared = !namesAnother(words, value.code) && known.some((designation) => [...words].some((word) => designation.has(word)));
    const path = pathTo(resource, value);
    const cause = `${elementOf(path)}: ${safeCode(value.system, value.code)}`;
    return [shared ? unevaluated(`${path}.display`, 'The display shares words with the names of the code that are at hand and is none of them.', { cause })
      : wrong(`${path}.display`, 'The display is no name of this code; correct the one that is wrong.', { cause })];
  }),
});

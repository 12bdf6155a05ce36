import { hdqtOf } from '../terms/hdqt.ts';
import { piqiSams } from '../terms/piqi-sams.ts';
import { allRules } from '../validators/integrity/all-rules.ts';
import { conformance } from '../terms/score.ts';

const how = { asked: 'yes', part: 'in part', not: 'no' } as const;

const dimensions = (): string[] => {
  const scored = [...conformance, ...allRules].filter((rule) => Object.keys(rule.reads).length > 0).map((rule) => ({ id: rule.id, hdqt: hdqtOf(rule.id, rule.category) }));
  return [...Map.groupBy(scored, ({ hdqt }) => hdqt)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hdqt, rules]) => `| ${hdqt} | ${rules.map(({ id }) => id).join(', ')} |`);
};

/** docs/scores.md, from the tables that the document is made from. */
export function scoresPage(): string {
  const counted = (kind: keyof typeof how): number => piqiSams.filter((row) => row.how === kind).length;
  return `# Scores, and PIQI

Made from terms/piqi-sams.ts and terms/hdqt.ts (docs/scores-page.ts); docs/scores.test.ts compares the two.

\`assay scores --source NAME --format piqi\` prints one JSON document: \`evaluationRubric\` (which module on which element, its weight, critical or not, scoring or informational), \`simpleAssessmentModules\` (what each of them is) and \`results\` (counts, shares, weighted shares, critical failures, records by data class). \`--run\`, \`--trend\`, \`--patient\` and \`--resource\` say of what. \`GET /api/scores/piqi?source=NAME\` gives the same of a run. No record and no value is in it; with \`--patient\` and \`--resource\` the id that was asked for is.

Source: the HL7 informative document *PIQI Framework, Edition 1*, version 1.0.0, in github.com/HL7/piqi at commit 80baf434 (2026-08-06): evaluation.md (rubric), sams.md (modules), piqi_framework.md (taxonomy, "PIQI Scoring in a Nutshell"). The JSON schemas and the conformance page that the same repository has on its branch for the ballot of Edition 2 are not followed: effects, names and shapes differ there. console/api/shapes/piqi.ts says what is taken, and a test checks documents against it.

## How it is counted

- A **criterion** is a rule and a type that it reads. Its weight, 1 to 5, is 6 less the rule's priority in the policy in force; it is critical where the policy holds or keeps out for care. A run of the past is scored with the policy in force now.
- What a rule could not evaluate is **skipped** and counts in neither number, as PIQI has it.
- Rules over versions and over the population are **informational**: their counts are told, they weigh nothing and are never critical. Monitors are about runs, not records: they are not in it.
- Shares are percent to two decimals, cut: only what has no failure is 100. Where nothing could be assessed they are null.

## What differs from Edition 1

- PIQI scores one payload on its way. \`--patient\` is nearest to that; a run is the sum over all records of the source that are current at its end.
- A record to which a rule has nothing to say counts as passed: findings are kept, not each rule's silence. PIQI would leave it out by a condition, so shares here are higher than an evaluation with conditions would give. \`conditionalSAM\` is always empty, and no module waits for another (\`prerequisiteSAM\` is empty).
- The model is FHIR's: a data class is a resource type, laboratory results and vital signs are both Observation, and the type Patient is called Demographics, because PIQI keeps *Patient* for a whole record. The rubric is this project's; PIQI's USCDI rubric is not evaluated.
- Edition 1 prints JSON for the rubric and lists results and modules in words. Keys of those are its words in the same way of writing; \`details\` goes beyond it. Edition 1's verbose mode, the message with the score at each element, is not there: findings are in the record's lineage.
- The provider of the data and its source are both the source's name. No organisation has endorsed the rubric.
- \`assay scores --json\` and \`GET /api/scores\` have short names (numerator, piqiScore), which are those of Edition 2's ballot, and whole percents.

## Modules of Edition 1

Of the ${piqiSams.length} that it gives a mnemonic, ${counted('asked')} are evaluated by a rule with the same question, whose criteria carry the mnemonic; rules ask a part of ${counted('part')} more, under mnemonics of their own (\`Assay_…\`); ${counted('not')} are not evaluated.

| module | evaluated | by | how far, or why not |
|---|---|---|---|
${piqiSams.map(({ sam, how: kind, rules, type, says }) => `| ${sam} | ${how[kind]}${type === undefined ? '' : `, on ${type}`} | ${rules.join(', ')} | ${says} |`).join('\n')}

## Dimensions

PIQI binds each module to the dimension of its taxonomy that fits best; so is each rule here. *profile* and *terminology* are the checks of profiles and of value sets, each as one rule. Kahn's categories stand beside it in [rules.md](rules.md).

| category and dimension | rules |
|---|---|
${dimensions().join('\n')}
`;
}

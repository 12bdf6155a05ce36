import { createStore } from '../sandbox/store.ts';
import { loadFolders } from '../sandbox/load.ts';
import { allRules } from '../validators/integrity/all-rules.ts';
import { compartmentsOf, findingsOf } from '../test/support/population-views.ts';

/** A population nobody planted anything in. */
export type Clean = { readonly title: string; readonly folder: string };
type Counted = { readonly title: string; readonly resources: number; readonly byRule: ReadonlyMap<string, number> };

// Each was looked at: what fires and is in no row here fails the test.
const because: Readonly<Record<string, string>> = {
  'completeness-must-support': 'Synthea: it fills no telecom use, suffix, discharge disposition and others, and says no reason',
  'note-copy-forward': 'Synthea: its notes are one template, filled with the same history at every visit',
  'note-copy-forward/contradicted': 'Synthea: assessment and plan repeat word for word; where the plan is a dialysis schedule it may be right, and a steward decides',
  'note-contradicts-structure': 'Synthea: the note says “No Known Allergies” to a patient with active allergies recorded at the same second or years before; one says “never smoked” in the encounter that codes a former smoker',
  'value-unit-valid': 'Synthea: pH of urine in `pH`, which is picohenry in UCUM; `[pH]` is meant. Other rules read it so',
  'value-plausible-range': 'Synthea: globulin of 2 to 3.5 in g/L (g/dL is meant); protein of 60 to 80 in g/dL (g/L is meant); a venous carbon dioxide of 1.5 mmol/L',
  'value-type-fits': 'Synthea: presence tests of urine and stool (an ordinal scale) carry a quantity in `{presence}` or ng/mL: either the code is another test’s or the value is',
  'time-future': 'Synthea: 22 of 34 Provenance records are dated up to six days after they were written',
  'duplicate-content': 'Synthea: the same order, or the same score, twice in one second under two ids',
  'value-delta/biological': 'Neither: a score fell from 10 to 1; nothing is claimed',
  'code-loinc-check-digit': 'Synthea: X9999-0, X9999-1 and X9999-2 are placeholders, and no LOINC code begins with a letter',
  'code-display': 'Synthea: “Odor of Urine” under 5767-9, which is the appearance of urine',
  'code-npi-check-digit': 'Synthea of 2019 made NPIs without a check digit; 3.3.0 computes it',
  'time-overlapping-stays': 'Synthea: two inpatient encounters begin in the same second and last a day each',
};

/** What is wrong in each population by all rules that one chart decides; the clock at 2026-11-24, no registry of models. */
export function countClean(populations: readonly Clean[]): readonly Counted[] {
  return populations.map(({ title, folder }) => {
    const store = createStore();
    loadFolders(store, [folder], 0);
    const compartments = compartmentsOf(store), byRule = new Map<string, number>();
    // All at once: rules of a template share their fold.
    for (const findings of findingsOf(allRules, store, compartments, { asOf: '2026-11-24T12:00:00Z' }).values()) {
      for (const { rule: id, outcome } of findings) if (outcome === 'wrong') byRule.set(id, (byRule.get(id) ?? 0) + 1);
    }
    return { title, byRule, resources: store.types().reduce((sum, type) => sum + [...store.current(type)].length, 0) };
  });
}

/** docs/integrity-on-synthea.md. */
export function cleanPage(counted: readonly Counted[]): string {
  const rules = [...new Set(counted.flatMap(({ byRule }) => [...byRule.keys()]))].sort();
  const unexplained = rules.filter((rule) => because[rule] === undefined);
  if (unexplained.length > 0) throw new Error(`Nobody has said why these fire on a clean population: ${unexplained.join(', ')}`);
  const rate = ({ byRule, resources }: Counted, rule: string): string => (byRule.has(rule) ? (((byRule.get(rule) ?? 0) / resources) * 1000).toFixed(2) : '–');
  return [
    '# What the integrity rules find in an untouched population', '',
    'All rules that one resource or one chart decides, clock at 2026-11-24, no registry of models. Each firing was looked at. Findings per 1,000 resources. Made by docs/integrity-on-clean.ts; a test compares it where ../shared is.', '',
    `| rule | ${counted.map(({ title, resources }) => `${title} (${resources.toLocaleString('en-US')})`).join(' | ')} | whose fault? |`, `|---|${counted.map(() => '---|').join('')}---|`,
    ...rules.map((rule) => `| ${rule} | ${counted.map((one) => rate(one, rule)).join(' | ')} | ${because[rule]} |`), '',
    'Unevaluated, and therefore not in the table: reference-dangling, where Synthea 3.3.0 writes conditional references (`Practitioner?identifier=…`), which only a transaction resolves (one a resource); code-display, where a display shares words with the names at hand and is none of them; code-not-documented, where a code’s title shares some words with a note and the notes so neither state nor lack it.', '',
    'Rules over all records together are not in the table. Asked of the notes of the first set (2,467), note-shared-text speaks of one, DocumentReference/063d17fa-0c54-08c1-afc7-5e8517ae3f56, and is wrong: it and two notes of another patient (15c17e58-…, 4be2b91c-…) list the eight procedures that Synthea’s module for a bladder infection writes, between sentences of its template. Nobody copied anything; a third patient with the module would have shown that this is a template. What two patients of a small population share is not yet known as one.', '',
    'Silent, as they should be: all other rules. Coding rules have nothing to look at in Synthea’s sets, which have no ICD-10; the coded population ([sandbox/coded](../sandbox/coded/README.md)) is for them.', '',
  ].join('\n');
}

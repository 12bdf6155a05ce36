import type { Checker } from './checker.ts';
import { resolveReference, typeNamed } from './reference.ts';
import { isObject, word, type JsonObject, type Statement } from './run.ts';

const say = (says: string, code = 'business-rule', severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-measure-report', severity, code, says });

const unresolved: Statement = { ...say('No loaded package has the measure that this reports on, so the report was not checked against it; add a package that has it.', 'required', 'warning'), unevaluated: true };
const scoringUnknown = say('The measure has a kind of scoring that FHIR does not define, so its scores were not checked.', 'business-rule', 'information');
const noCode = (what: string): Statement => say(`The measure has several, so this ${what} needs a code that tells which it reports; add it.`);
const unknownCode = (what: string): Statement => say(`The measure has no ${what} of this code; correct the code.`);
const twice = (what: string): Statement => say(`Another ${what} here reports the same one of the measure; keep one.`);
const absent = (what: string): Statement => say(`The measure has a ${what} that this does not report; add it.`);
const scoreless = (why: string): Statement => say(`${why} has no score; remove measureScore.`);
const scoreNeeded = say('A measure of this kind of scoring is reported with a score; add measureScore with its value.', 'required');
const share = say('The score of a proportion lies between 0 and 1; correct it.', 'required');
const unitless = say('The score of a proportion has no unit; remove it.');
const otherUnit = say('The measure states the unit of its score, and this is another or none; give the score in that unit.', 'code-invalid');
const ratioUnit = say('The score of a ratio should have a unit; add it.', 'not-found', 'warning');
const subjectsListed = say("Only a report of type 'subject-list' lists its subjects; remove subjectResults or correct the type.");
const countNeeded = say("A report of any type but 'subject-list' should count its population; add count.", 'business-rule', 'warning');
const countDiffers = say('The count is not the number of subjects that are listed; correct one of them.');

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const codings = (concept: unknown): readonly JsonObject[] => (isObject(concept) ? list(concept['coding']) : []);
const sameCode = (a: unknown, b: unknown): boolean => codings(a).some((x) => codings(b).some((y) => x['system'] === y['system'] && x['code'] === y['code']))
  || (codings(a).length + codings(b).length === 0 && isObject(a) && isObject(b) && a['text'] !== undefined && a['text'] === b['text']);
const isCode = (concept: unknown, code: string): boolean => codings(concept).some((c) => c['code'] === code);

const subjects = new Set(['Patient', 'Practitioner', 'Person', 'PractitionerRole', 'RelatedPerson']);

/** How many subjects a reference stands for; undefined where it leads out of what is at hand. */
const subjectsOf = (checker: Checker, { reference }: JsonObject): number | undefined => {
  if (typeof reference !== 'string') return undefined;
  const target = resolveReference(checker, reference)?.resource;
  const type = target ? word(target['resourceType']) : typeNamed(checker, reference);
  if (type === 'List' && target) return list(target['entry']).length;
  return type !== undefined && subjects.has(type) ? 1 : undefined;
};

type Context = { readonly checker: Checker; readonly measure: JsonObject; readonly type: unknown };

const checkPopulation = ({ checker, type }: Context, population: JsonObject, at: string): void => {
  const { count } = population;
  const results = isObject(population['subjectResults']) ? [population['subjectResults']] : [];
  if (type !== 'subject-list') {
    if (results.length > 0) checker.add(subjectsListed, at);
    if (count === undefined) checker.add(countNeeded, at);
    return;
  }
  const numbers = results.map((r) => subjectsOf(checker, r));
  if (typeof count === 'number' && numbers.every((n) => n !== undefined) && count !== numbers.reduce((sum, n) => sum + n, 0)) checker.add(countDiffers, at);
};

/** Parts of a report against those of the measure, told apart by their codes. */
const matchParts = ({ checker }: Context, what: string, reported: readonly JsonObject[], defined: readonly JsonObject[], at: string, of: string, each: (part: JsonObject, definition: JsonObject, at: string) => void): void => {
  const met = new Set<JsonObject>();
  reported.forEach((part, i) => {
    const here = `${at}.${of}[${i}]`;
    const { code } = part;
    if (code === undefined || (Array.isArray(code) && code.length === 0)) return checker.add(noCode(what), here);
    const definition = defined.find((d) => sameCode(d['code'], Array.isArray(code) ? code[0] : code));
    if (!definition) return checker.add(unknownCode(what), here);
    if (met.has(definition)) return checker.add(twice(what), here);
    met.add(definition);
    each(part, definition, here);
  });
  // What a measure observes is counted in its score.
  for (const d of defined) if (!met.has(d) && !isCode(d['code'], 'measure-observation')) checker.add(absent(what), at);
};

const checkScore = ({ checker, measure, type }: Context, group: JsonObject, at: string): void => {
  const score = group['measureScore'];
  if (type === 'data-collection') { if (score !== undefined) checker.add(scoreless("A report of type 'data-collection'"), `${at}.measureScore`); return; }
  if (isCode(measure['scoring'], 'cohort')) { if (score !== undefined) checker.add(scoreless('A cohort measure'), `${at}.measureScore`); return; }
  const kind = ['proportion', 'ratio', 'continuous-variable'].find((k) => isCode(measure['scoring'], k));
  if (kind === undefined) return;
  if (!isObject(score)) return checker.add(scoreNeeded, at);
  const below = `${at}.measureScore`;
  const { value, code, system } = score;
  // A score of another type is an extension's: http://hl7.org/fhir/us/davinci-deqm/StructureDefinition-extension-alternateScoreType.html
  const elsewhere = list(score['extension']).some((e) => word(e['url']).endsWith('/extension-alternateScoreType'));
  if (value === undefined && !elsewhere) return checker.add(scoreNeeded, below);
  if (kind === 'proportion') {
    for (const part of ['unit', 'system', 'code']) if (score[part] !== undefined) checker.add(unitless, `${below}.${part}`);
    if (typeof value === 'number' && (value < 0 || value > 1)) checker.add(share, `${below}.value`);
    return;
  }
  const unit = list(measure['extension']).find((e) => word(e['url']).endsWith('/questionnaire-unit'))?.['valueCoding'];
  if (isObject(unit)) { if (unit['code'] !== code || unit['system'] !== system) checker.add(otherUnit, below); }
  else if (kind === 'ratio' && code === undefined) checker.add(ratioUnit, below);
};

const measureOf = (checker: Checker, report: JsonObject, canonical: string): JsonObject | undefined => {
  if (canonical.startsWith('#')) return list(report['contained']).find((c) => c['resourceType'] === 'Measure' && c['id'] === canonical.slice(1));
  return checker.program.catalog.definitions.get('Measure', canonical);
};

/** A report against its measure: http://hl7.org/fhir/R4/measurereport.html#notes. The path is at the report. */
export const checkMeasureReport = (checker: Checker, report: JsonObject): void => {
  const canonical = report['measure'];
  if (typeof canonical !== 'string' || canonical === '') return;
  const measure = measureOf(checker, report, canonical);
  if (!measure) return checker.add(unresolved);
  if (checker.options.hints && !['proportion', 'ratio', 'continuous-variable', 'cohort'].some((k) => isCode(measure['scoring'], k))) checker.add(scoringUnknown, '.measure');
  const context: Context = { checker, measure, type: report['type'] };
  const [groups, defined] = [list(report['group']), list(measure['group'])];
  if (defined.length === 0) return;
  const one = (group: JsonObject, definition: JsonObject, at: string): void => {
    matchParts(context, 'population', list(group['population']), list(definition['population']), at, 'population', (population, _definition, here) => { checkPopulation(context, population, here); });
    checkScore(context, group, at);
    matchParts(context, 'stratifier', list(group['stratifier']), list(definition['stratifier']), at, 'stratifier', () => undefined);
  };
  if (groups.length === 1 && defined.length === 1) {
    // The only group needs no code; one that it has is the measure's.
    const [group, definition] = [groups[0]!, defined[0]!];
    if (group['code'] !== undefined && definition['code'] !== undefined && !sameCode(group['code'], definition['code'])) checker.add(unknownCode('group'), '.group[0]');
    one(group, definition, '.group[0]');
  } else if (context.type === 'data-collection' && groups.length === 0) return;
  else matchParts(context, 'group', groups, defined, '', 'group', one);
};

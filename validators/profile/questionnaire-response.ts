import type { Checker } from './checker.ts';
import { isEnabled, type Scopes } from './enable-when.ts';
import { checkAnswer } from './questionnaire-answer.ts';
import { isObject, word, type JsonObject, type Statement } from './run.ts';

/** http://hl7.org/fhir/R4/questionnaireresponse.html#link: answers against the questionnaire they answer. */
export type Item = JsonObject & { readonly linkId?: string; readonly type?: string; readonly required?: boolean; readonly repeats?: boolean };

export const say = (code: string, says: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-questionnaire', severity, code, says });
export const items = (value: unknown): readonly Item[] => (Array.isArray(value) ? value.filter(isObject) : []) as readonly Item[];

/** A value of an extension on a questionnaire item, by the end of its url. */
export const extensionValue = (item: JsonObject, end: string): unknown => {
  const found = (Array.isArray(item['extension']) ? item['extension'] : []).find((e: unknown) => isObject(e) && typeof e['url'] === 'string' && e['url'].endsWith(`/${end}`)) as JsonObject | undefined;
  return found && Object.entries(found).find(([key]) => key.startsWith('value'))?.[1];
};

const known = (all: readonly Item[], linkId: unknown): boolean => all.some((i) => i.linkId === linkId || known(items(i['item']), linkId));

type Context = {
  readonly checker: Checker; readonly questionnaire: JsonObject; readonly complete: boolean;
  /** The levels of the response around the current one, nearest first. */
  readonly scopes: Scopes;
};

/**
 * What an expression enables, http://hl7.org/fhir/uv/sdc/behavior.html#enableWhenExpression: undefined where the item has
 * none, `open` where it cannot be worked out here (other languages, variables of SDC): such an item may be answered or not.
 */
const byExpression = ({ checker }: Context, item: Item): boolean | 'open' | undefined => {
  const extension = items(item['extension']).find((e) => word(e['url']).endsWith('/sdc-questionnaire-enableWhenExpression'));
  if (!extension) return undefined;
  const said = extension['valueExpression'];
  if (!isObject(said) || said['language'] !== 'text/fhirpath' || typeof said['expression'] !== 'string') return 'open';
  return checker.program.contexts.holds(said['expression'], 'QuestionnaireResponse', checker, checker.holder.resource, extension) ?? 'open';
};

const level = (around: Context, asked: readonly Item[], answered: readonly Item[], labels: readonly number[], suffix = ''): void => {
  const context: Context = { ...around, scopes: [answered, ...around.scopes] };
  const { checker, questionnaire } = context;
  const byLink = new Map<string, number[]>();
  let last = -1;
  answered.forEach((answer, i) => {
    const at = asked.findIndex((a) => a.linkId === answer.linkId);
    if (at < 0) {
      checker.add(known(items(questionnaire['item']), answer.linkId) ? say('structure', 'This item stands elsewhere in the questionnaire; put it where the questionnaire has it.')
        : say('not-found', 'An item has a linkId that the questionnaire does not have; correct the linkId.'), suffix);
      return;
    }
    if (at < last) checker.add(say('structure', 'Items must be in the order of the questionnaire; reorder them.'), suffix);
    last = Math.max(last, at);
    const list = byLink.get(word(answer.linkId));
    if (list) list.push(i); else byLink.set(word(answer.linkId), [i]);
  });
  for (const item of asked) {
    const places = byLink.get(word(item.linkId)) ?? [];
    const enabled = byExpression(context, item) ?? isEnabled(item, context.scopes);
    if (places.length === 0) {
      if (item.required === true && enabled === true) checker.add(missing(context, item), suffix);
      continue;
    }
    if (places.length > 1 && item.repeats !== true) checker.add(say('invalid', 'Only one item with this linkId is allowed; keep one.'), suffix);
    for (const place of places) {
      checker.enter('item', labels[place]!);
      if (enabled === false) checker.add(say('invalid', 'The questionnaire does not enable this item, given the other answers, and it is answered; remove it or correct the answers it depends on.'));
      one(context, item, answered[place]!);
      checker.depth--;
    }
  }
};

const missing = ({ complete }: Context, item: Item): Statement => say('required', `The required item ${word(item.linkId)} has no answer; answer it.`, complete ? 'error' : 'warning');

const one = (context: Context, item: Item, answer: Item): void => {
  const { checker } = context;
  const answers = items(answer['answer']);
  const inner = items(answer['item']);
  const range = (list: readonly unknown[]): number[] => list.map((_, i) => i);
  if (item.type === 'group' || item.type === 'display' || item.type === 'question') {
    if (answers.length > 0) checker.add(say('structure', `An item of type ${item.type} has no answers; move the answers to questions.`));
    if (item.type === 'group' && item.required === true && inner.length === 0) checker.add(say('invariant', 'A required group has items below it; answer one of its questions.'));
    level(context, items(item['item']), inner, range(inner));
    return;
  }
  if (inner.length > 0) checker.add(say('structure', 'The items under a question stand under its answer; move them there.'));
  const least = extensionValue(item, 'questionnaire-minOccurs'), most = extensionValue(item, 'questionnaire-maxOccurs');
  if (answers.length === 0 && item.required === true) checker.add(missing(context, item));
  if (typeof least === 'number' && answers.length < least && context.complete) checker.add(say('invalid', `This question asks for at least ${least} answers; add the others.`));
  if (typeof most === 'number' && answers.length > most) checker.add(say('invalid', `This question takes at most ${most} answers; remove the others.`));
  else if (answers.length > 1 && item.repeats !== true) checker.add(say('invalid', 'This question takes one answer; keep one.'));
  answers.forEach((a, i) => {
    checker.enter('answer', i);
    checkAnswer(checker, context.questionnaire, item, a, answers.length);
    const nested = items(a['item']);
    level(context, items(item['item']), nested, range(nested));
    checker.depth--;
  });
};

const authoredIn = (checker: Checker, questionnaire: JsonObject, authored: unknown): void => {
  const period = questionnaire['effectivePeriod'];
  if (typeof authored !== 'string' || !isObject(period)) return;
  const { start, end } = period;
  const compare = (limit: string): number => { const n = Math.min(limit.length, authored.length); return authored.slice(0, n) < limit.slice(0, n) ? -1 : authored.slice(0, n) > limit.slice(0, n) ? 1 : 0; };
  if ((typeof start === 'string' && compare(start) < 0) || (typeof end === 'string' && compare(end) > 0)) {
    checker.add(say('business-rule', 'The response was authored outside the period in which the questionnaire is in effect; check the date.', 'warning'), '.authored');
  }
};

export const checkQuestionnaireResponse = (checker: Checker, response: JsonObject): void => {
  const { questionnaire: canonical, status } = response;
  if (typeof canonical !== 'string') return;
  const contained = canonical.startsWith('#') && Array.isArray(response['contained'])
    ? response['contained'].find((c: unknown) => isObject(c) && c['id'] === canonical.slice(1)) as JsonObject | undefined : undefined;
  const questionnaire = contained ?? checker.program.catalog.definitions.get('Questionnaire', canonical);
  if (!questionnaire) {
    const [url] = canonical.split('|');
    const other = checker.program.catalog.definitions.rows.find((row) => row.url === url);
    if (other) return checker.add(say('invalid', `This canonical URL is that of a ${other.kind} and not of a Questionnaire; correct it.`), '.questionnaire');
    checker.add({ ...say('required', 'The questionnaire is not loaded, so the answers were not checked against it; add a package or file that has it.', 'warning'), unevaluated: true });
    return;
  }
  authoredIn(checker, questionnaire, response['authored']);
  const answered = items(response['item']);
  const complete = status !== 'in-progress' && status !== 'stopped' && status !== 'entered-in-error';
  level({ checker, questionnaire, complete, scopes: [] }, items(questionnaire['item']), answered, answered.map((_, i) => i));
};

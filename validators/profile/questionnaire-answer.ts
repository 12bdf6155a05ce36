import { RE2JS } from 're2js';
import { UCUM } from '../terminology/ucum.ts';
import type { Checker } from './checker.ts';
import { attachmentBytes } from './attachment.ts';
import { extensionValue, items, say, type Item } from './questionnaire-response.ts';
import { isObject, word, type JsonObject } from './run.ts';

/** Types of value that an item type takes: http://hl7.org/fhir/R4/codesystem-item-type.html */
const valueTypes: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'], decimal: ['decimal'], integer: ['integer'], date: ['date'], dateTime: ['dateTime'], time: ['time'], string: ['string'], text: ['string'],
  url: ['uri'], attachment: ['Attachment'], reference: ['Reference'], quantity: ['Quantity'], choice: ['Coding', 'integer', 'date', 'time', 'string'],
  'open-choice': ['Coding', 'string', 'integer', 'date', 'time'] };

const typeOf = (key: string): string => { const t = key.slice('value'.length); return /^(Boolean|Decimal|Integer|Date|DateTime|Time|String|Uri)$/.test(t) ? t[0]!.toLowerCase() + t.slice(1) : t; };

/** Order of two values of one type; undefined where they cannot be compared. */
const order = (a: unknown, b: unknown): number | undefined => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const n = a.length > 10 && b.length > 10 ? 99 : Math.min(a.length, b.length);
  const [x, y] = n === 99 ? [Date.parse(a), Date.parse(b)] : [a.slice(0, n), b.slice(0, n)];
  // A value more precise than its limit lies beyond it: the limit 2022-06 stands for its first instant.
  return x < y ? -1 : x > y ? 1 : a.length - b.length;
};

const quantityOrder = (a: JsonObject, b: unknown): number | undefined => {
  if (!isObject(b) || typeof a['value'] !== 'number' || typeof b['value'] !== 'number') return undefined;
  if (a['system'] === undefined || a['system'] !== b['system'] || typeof a['code'] !== 'string' || typeof b['code'] !== 'string') return undefined;
  if (a['code'] === b['code']) return a['value'] - b['value'];
  const converted = a['system'] === 'http://unitsofmeasure.org' ? UCUM.convert(a['value'], a['code'], b['code']) : undefined;
  return converted === undefined ? undefined : converted - b['value'];
};

const limits = (checker: Checker, item: Item, type: string, value: unknown): void => {
  const quantity = type === 'Quantity' && isObject(value);
  for (const [which, names] of [['min', ['minValue', 'sdc-questionnaire-minQuantity']], ['max', ['maxValue', 'sdc-questionnaire-maxQuantity']]] as const) {
    const limit = names.map((n) => extensionValue(item, n)).find((v) => v !== undefined);
    if (limit === undefined) continue;
    const by = quantity ? quantityOrder(value, limit) : order(value, limit);
    if (by === undefined) { if (quantity) checker.add(say('invariant', `The quantity cannot be compared with the ${which === 'min' ? 'least' : 'greatest'} allowed; give it in a unit of the same kind, as a UCUM code.`)); }
    else if (which === 'min' ? by < 0 : by > 0) checker.add(say('invariant', `The answer is ${which === 'min' ? 'below the least' : 'above the greatest'} that the questionnaire allows; check it.`));
  }
};

const texts = (checker: Checker, item: Item, value: string): void => {
  const least = extensionValue(item, 'minLength');
  const most = item['maxLength'];
  if (typeof least === 'number' && value.length < least) checker.add(say('invariant', `The answer is shorter than the ${least} characters asked for; complete it.`));
  if (typeof most === 'number' && value.length > most) checker.add(say('invariant', `The answer is longer than the ${most} characters allowed; shorten it.`));
  if (item.type === 'string' && /[\r\n]/.test(value)) checker.add(say('invariant', 'An answer to a question of type string has no line breaks; put it on one line, or ask for text.', 'warning'));
  const set = item['answerValueSet'];
  if (item.type === 'string' && typeof set === 'string' && checker.program.terminology.has(set, undefined, value) === false) checker.add(say('invariant', 'The answer is not in the value set of answers that the questionnaire gives; choose one of them.'));
  const pattern = extensionValue(item, 'regex');
  if (typeof pattern === 'string') {
    let matches = true;
    try { matches = RE2JS.compile(pattern).matches(value); } catch { /* a pattern the linear engine lacks: said by the questionnaire's own check */ }
    if (!matches) checker.add(say('invariant', 'The answer does not have the form that the questionnaire asks for; correct it.'));
  }
};

const extensionValues = (item: Item, end: string): readonly unknown[] => items(item['extension']).filter((e) => word(e['url']).endsWith(`/${end}`))
  .map((e) => Object.entries(e).find(([key]) => key.startsWith('value'))?.[1]);

/** Units that the questionnaire offers: http://hl7.org/fhir/R4/extension-questionnaire-unitoption.html, …-unitvalueset.html */
const units = (checker: Checker, item: Item, value: JsonObject): void => {
  const offered = extensionValues(item, 'questionnaire-unitOption');
  if (offered.length > 0 && !offered.some((o) => sameCoding(o, value))) checker.add(say('invariant', 'The unit is none of those that the questionnaire offers; give the quantity in one of them.'));
  const set = extensionValue(item, 'questionnaire-unitValueSet');
  if (typeof set !== 'string') return;
  const found = typeof value['code'] === 'string' ? checker.program.terminology.has(set, typeof value['system'] === 'string' ? value['system'] : ' ', value['code']) : false;
  if (found === false) checker.add(say('invariant', 'The unit is not in the value set of units that the questionnaire gives; give the quantity in one of them.'));
};

const wronglyDisplayed = (checker: Checker, { system, code, display }: JsonObject): boolean => {
  if (typeof system !== 'string' || typeof code !== 'string' || typeof display !== 'string') return false;
  const known = checker.program.terminology.displays(system, code);
  return known !== undefined && known.length > 0 && !known.some(({ text }) => text.toLowerCase() === display.toLowerCase());
};

const sameCoding = (a: unknown, b: unknown): boolean => isObject(a) && isObject(b) && a['code'] === b['code'] && (a['system'] ?? '') === (b['system'] ?? '');

const options = (checker: Checker, questionnaire: JsonObject, item: Item, type: string, value: unknown, count: number): void => {
  const list = items(item['answerOption']).map((o) => Object.entries(o).find(([key]) => key.startsWith('value'))).filter((o) => o !== undefined);
  const set = item['answerValueSet'];
  const open = item.type === 'open-choice';
  if (type === 'Coding' && isObject(value)) {
    if (typeof set === 'string') {
      const own = set.startsWith('#') && Array.isArray(questionnaire['contained']) ? questionnaire['contained'].find((c: unknown) => isObject(c) && c['id'] === set.slice(1)) : undefined;
      if (own || typeof value['code'] !== 'string') return;
      const found = checker.program.terminology.has(set, typeof value['system'] === 'string' ? value['system'] : ' ', value['code']);
      if (!checker.program.terminology.valueSet(set)) checker.add({ ...say('code-invalid', 'The value set of the options is not loaded, so the answer was not checked against it; add a package that has it.', 'warning'), unevaluated: true });
      else if (found === false) checker.add(say('code-invalid', 'The answer is none of the options that the questionnaire gives; choose one of them.', open ? 'warning' : 'error'), '');
      else if (found === true && checker.options.displays === 'error' && wronglyDisplayed(checker, value)) checker.add(say('code-invalid', 'The answer has the code of an option with a display that is not its own; correct one of them.'));
    } else if (list.length > 0) {
      if (count > 1 && items(item['answerOption']).some((o) => extensionValue(o, 'questionnaire-optionExclusive') === true && sameCoding(o['valueCoding'], value))) {
        checker.add(say('invariant', 'This option excludes all others, and others are chosen too; keep it alone or remove it.'));
      }
      if (!list.some(([, v]) => sameCoding(v, value))) checker.add(say('invariant', 'The answer is none of the options that the questionnaire gives; choose one of them.', open ? 'warning' : 'error'));
    } else if (checker.options.hints) checker.add(say('invariant', 'The question gives no options, so the answer could not be checked against them.', 'information'));
    return;
  }
  if (type === 'string' && open) {
    if (list.some(([, v]) => isObject(v) && (v['display'] === value || v['code'] === value))) checker.add(say('invariant', 'The text answers with what is one of the options; give it as a coding.', 'warning'));
    else if (list.length === 0 && checker.options.hints) checker.add(say('invariant', 'The question gives no options, so the answer could not be checked against them.', 'information'));
    return;
  }
  if (list.length === 0) { if (checker.options.hints) checker.add(say('invariant', 'The question gives no options, so the answer could not be checked against them.', 'information')); return; }
  if (!list.some(([, v]) => v === value)) checker.add(say('invariant', 'The answer is none of the options that the questionnaire gives; choose one of them.'), `.value.ofType(${type})`);
};

const attachment = (checker: Checker, item: Item, value: JsonObject): void => {
  const size = attachmentBytes(value) ?? (typeof value['size'] === 'number' ? value['size'] : undefined);
  const most = extensionValue(item, 'maxSize'), type = extensionValue(item, 'mimeType');
  if (typeof most === 'number' && size !== undefined && size > most) checker.add(say('required', `The attachment is larger than the ${most} bytes allowed; attach a smaller one.`));
  if (typeof type === 'string' && value['contentType'] !== undefined && value['contentType'] !== type) checker.add(say('required', 'The attachment is of a type that the questionnaire does not allow; attach one of the type asked for.'));
};

const reference = (checker: Checker, item: Item, value: JsonObject): void => {
  const text = value['reference'];
  const type = typeof text === 'string' ? /(?:^|\/)([A-Z][A-Za-z]*)\/[^/\s]+$/.exec(text)?.[1] : undefined;
  if (type === undefined) return;
  if (!checker.program.catalog.isResource(type)) return checker.add(say('invariant', 'The reference names no resource type of FHIR R4; correct it.'));
  const allowed = (Array.isArray(item['extension']) ? item['extension'] : []).filter((e: unknown) => isObject(e) && word(e['url']).endsWith('/questionnaire-referenceResource')).map((e: JsonObject) => e['valueCode']);
  if (allowed.length > 0 && !allowed.includes(type)) checker.add(say('invariant', 'The questionnaire does not allow a reference to this type of resource; refer to one it allows.'));
};

/** One answer; the path is at `answer[i]`. */
export const checkAnswer = (checker: Checker, questionnaire: JsonObject, item: Item, answer: JsonObject, count: number): void => {
  const entry = Object.entries(answer).find(([key]) => key.startsWith('value'));
  const allowed = Object.hasOwn(valueTypes, word(item.type)) ? valueTypes[word(item.type)] : undefined;
  if (!entry || !allowed) return;
  const [key, value] = entry;
  const type = typeOf(key);
  const choice = item.type === 'choice' || item.type === 'open-choice';
  const given = new Set(items(item['answerOption']).flatMap((o) => Object.keys(o).filter((k) => k.startsWith('value')).map(typeOf)));
  const narrowed = !choice ? allowed : given.size === 0 ? allowed : item.type === 'choice' ? [...given] : [...given, 'string'];
  checker.enter(`value.ofType(${type})`, -1);
  if (!narrowed.includes(type)) { checker.add(say('invariant', `The answer must be of type ${narrowed.join(' or ')}; give it as such.`)); checker.depth--; return; }
  limits(checker, item, type, value);
  if (type === 'string' && typeof value === 'string') texts(checker, item, value);
  if (type === 'Quantity' && isObject(value)) units(checker, item, value);
  const places = extensionValue(item, 'maxDecimalPlaces');
  if (type === 'decimal' && typeof places === 'number' && (word(value).split('.')[1] ?? '').length > places) checker.add(say('invariant', `The answer has more than the ${places} decimal places allowed; round it.`));
  if (type === 'Reference' && isObject(value)) reference(checker, item, value);
  checker.depth--;
  if (type === 'Attachment' && isObject(value)) attachment(checker, item, value);
  if (choice || items(item['answerOption']).length > 0) options(checker, questionnaire, item, type, value, count);
};

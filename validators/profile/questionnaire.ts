import type { Checker } from './checker.ts';
import { items, say, type Item } from './questionnaire-response.ts';
import type { JsonObject } from './run.ts';

const inner = say('business-rule', 'A question cannot be enabled by an answer to a question within itself; name one that comes before it.');
const absent = say('business-rule', 'enableWhen names a question that the questionnaire does not have; correct its linkId.');
const itself = say('business-rule', 'A question cannot be enabled by its own answer; name another.');
const later = say('business-rule', 'The question that enables this one comes after it, so nobody has answered it yet; put it before.', 'warning');

const has = (among: readonly Item[], linkId: unknown): boolean => among.some((i) => i.linkId === linkId || has(items(i['item']), linkId));

/** What enables a question: http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen */
export const checkQuestionnaire = (checker: Checker, questionnaire: JsonObject): void => {
  const all = items(questionnaire['item']);
  const met = new Set<unknown>();
  const level = (list: readonly Item[], at: string): void => {
    list.forEach((item, i) => {
      const here = `${at}.item[${i}]`;
      for (const { question } of items(item['enableWhen'])) {
        if (typeof question !== 'string') continue;
        if (question === item.linkId) checker.add(itself, here);
        else if (has(items(item['item']), question)) checker.add(inner, here);
        else if (!met.has(question)) checker.add(has(all, question) ? later : absent, here);
      }
      met.add(item.linkId);
      level(items(item['item']), here);
    });
  };
  level(all, '');
};

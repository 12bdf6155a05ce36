import type { Checker } from './checker.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

const say = (says: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-conformance-resource', severity, code: 'required', says });
const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const noSuchCode = (which: string): Statement => say(`The ${which} code system does not have this code; correct it.`);
const otherDisplay = say('The display is none of those that the code system gives this code; use one of them, or leave it out.', 'warning');
const outside = (which: string): Statement => say(`The code is not in the ${which} value set that the map names; correct one of them.`);

/** One code of a map, against its code system and, where it has one, its value set. */
const checkCode = (checker: Checker, which: 'source' | 'target', { code, display }: JsonObject, system: unknown, scope: unknown, at: string): void => {
  if (typeof code !== 'string' || typeof system !== 'string') return;
  const { terminology } = checker.program;
  const loaded = terminology.codeSystem(system);
  if (loaded?.content !== 'complete') return; // what a fragment lacks may still be
  if (!loaded.find(code)) return checker.add(noSuchCode(which), `${at}.code`);
  if (typeof display === 'string' && terminology.displayed(system, code, display) !== 'right') checker.add(otherDisplay, `${at}.code`);
  if (typeof scope === 'string' && terminology.has(scope, system, code) === false) checker.add(outside(which), `${at}.code`);
};

/** http://hl7.org/fhir/R4/conceptmap.html: what is mapped, and to what, are codes of the systems and value sets that the map names. */
export const checkConceptMap = (checker: Checker, map: JsonObject): void => {
  const [from, to] = [map['sourceCanonical'] ?? map['sourceUri'], map['targetCanonical'] ?? map['targetUri']];
  list(map['group']).forEach((group, i) => list(group['element']).forEach((element, j) => {
    const at = `.group[${i}].element[${j}]`;
    checkCode(checker, 'source', element, group['source'], from, at);
    list(element['target']).forEach((target, k) => { checkCode(checker, 'target', target, group['target'], to, `${at}.target[${k}]`); });
  }));
};

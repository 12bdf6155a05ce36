import type { ElementNode } from './element-tree.ts';
import { temporal } from './temporal.ts';

/**
 * Source of a condition without which an invariant certainly holds, so that most need not be run at all:
 * `X.empty() or …` holds where X is absent. Each is compared with the compiled expression by invariant-guards.test.ts.
 */
const known: ReadonlyMap<string, (o: string) => string> = new Map([
  ['start.hasValue().not() or end.hasValue().not() or (start <= end)', (o) => `(${o}.start!==undefined&&${o}.end!==undefined&&!inOrder(${o}.start,${o}.end))`],
  ["reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))", (o) => `(typeof ${o}.reference==='string'&&${o}.reference.charCodeAt(0)===35)`],
  ['code.empty() or system.exists()', (o) => `((${o}.code!==undefined||${o}._code!==undefined)&&${o}.system===undefined)`],
  ['contained.contained.empty()', (o) => `(${o}.contained!==undefined)`],
  ['contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()', (o) => `(${o}.contained!==undefined)`],
  ['contained.meta.security.empty()', (o) => `(${o}.contained!==undefined)`],
  ['value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()', (o) => `(${o}.component!==undefined)`],
  ['dataAbsentReason.empty() or value.empty()', (o) => `(${o}.dataAbsentReason!==undefined)`],
]);

/** Two times whose order their text shows: valid, of one precision, in one zone. */
export const inOrder = (start: unknown, end: unknown): boolean => {
  if (typeof start !== 'string' || typeof end !== 'string' || start.length !== end.length || start > end) return false;
  const form = temporal(start);
  return form === temporal(end) && (form === 'day' || form === 'month' || form === 'year' || (form === 'time-zone' && (start.endsWith('Z') ? end.endsWith('Z') : start.slice(-6) === end.slice(-6))));
};

/** `o` names the object in the source; undefined where the expression must always be run. */
export const guardOf = (expression: string | undefined, node: ElementNode, o: string): string | undefined => {
  if (expression === undefined) return undefined;
  const own = known.get(expression);
  if (own) return own(o);
  const match = /^(?:(\w+)\.empty\(\) or |(\w+)\.exists\(\) implies )(?!.* (?:and|xor) )/.exec(expression);
  const name = match?.[1] ?? match?.[2];
  const element = name === undefined ? undefined : node.children.find((c) => c.name === name);
  return name !== undefined && element && !element.choice ? `(${o}[${JSON.stringify(name)}]!==undefined||${o}[${JSON.stringify(`_${name}`)}]!==undefined)` : undefined;
};

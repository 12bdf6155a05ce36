import type { Checker } from './checker.ts';
import type { Structure } from './element-tree.ts';
import type { JsonObject, Statement } from './run.ts';

type Context = { readonly type: string; readonly expression: string };

/** Where an extension stands: the object that holds it (a primitive's `_` sibling), and its type or path, `Patient.contact`. */
export type Place = { readonly element: JsonObject; readonly holder: string };

/** Type names that the holder of an extension goes by: itself and its ancestors. */
const holderTypes = (checker: Checker, holder: string): string[] => {
  const out = [holder];
  let at = holder.includes('.') ? 'BackboneElement' : holder;
  for (let n = 0; n < 8; n++) {
    const structure = checker.program.catalog.type(at);
    if (!structure) break;
    out.push(at);
    const base = structure.baseDefinition;
    if (!base) break;
    at = base.slice(base.lastIndexOf('/') + 1);
  }
  return out;
};

const plain = (path: string): string => path.replaceAll('[x]', '');

const atElement = (checker: Checker, expression: string, path: string, types: readonly string[]): boolean => {
  const wanted = expression.includes('#') ? expression.slice(expression.indexOf('#') + 1) : expression;
  if (wanted === 'Element' || types.includes(wanted) || plain(path) === plain(wanted)) return true;
  const dot = wanted.indexOf('.');
  if (dot < 0) return false;
  const [type, tail] = [wanted.slice(0, dot), plain(wanted.slice(dot))];
  // `Quantity.value`, `Timing.repeat`: a path that begins at a data type. `DomainResource.text`: at an ancestor of the resource.
  if (checker.program.catalog.type(type)?.kind === 'complex-type') return plain(path).endsWith(tail);
  return plain(path).slice(path.indexOf('.')) === tail && checker.program.catalog.isA(path.slice(0, path.indexOf('.')), type);
};

const matches = (checker: Checker, { type, expression }: Context, path: string, types: readonly string[], element: JsonObject): boolean => {
  if (type === 'fhirpath') return checker.program.contexts.selects(expression, checker, element) !== false;
  // Also on the value of the extension.
  if (type === 'extension') return element['url'] === expression || (checker.extensionUrl === expression && checker.names[checker.depth - 1]!.startsWith('value'));
  return atElement(checker, expression, path, types);
};

const contextsOf = ({ definition }: Structure): readonly Context[] => (definition['context'] as readonly Context[] | undefined) ?? [];

/** Is the extension where its definition allows it? The path is at what holds it. http://hl7.org/fhir/R4/defining-extensions.html#context */
export const checkContext = (checker: Checker, structure: Structure, extension: JsonObject, { element, holder }: Place): void => {
  const contexts = contextsOf(structure);
  const wrong = (messageId: string, says: string): Statement => ({ rule: 'profile-extension-context', severity: 'error', code: 'structure', messageId, profile: structure.url, says });
  const path = checker.definitionPath();
  const types = contexts.length === 0 ? [] : holderTypes(checker, holder);
  if (contexts.length > 0 && !contexts.some((context) => matches(checker, context, path, types, element))) {
    checker.add(wrong('Extension_EXTP_Context_Wrong', `This extension is not allowed here; its definition allows ${contexts.slice(0, 12).map((c) => c.expression).join(', ')}.`));
    return;
  }
  for (const expression of (structure.definition['contextInvariant'] as readonly string[] | undefined) ?? []) {
    if (checker.program.contexts.holds(expression, holder, checker, element, extension) === false) {
      checker.add(wrong('Extension_EXT_Context_Wrong_Inv', `This extension is allowed only where its definition's condition holds: ${expression}.`));
    }
  }
};

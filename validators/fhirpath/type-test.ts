import { Decimal } from './decimal.ts';
import { FhirPathError } from './fhirpath-error.ts';
import { type Item, Node, TypeSpecifier } from './item.ts';
import type { Model } from './model.ts';
import { Moment } from './moment.ts';
import { Quantity } from './quantity.ts';
import type { Ast, TypeName } from './syntax.ts';

export const systemTypes: ReadonlySet<string> = new Set(['Boolean', 'String', 'Integer', 'Long', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity', 'Any']);

export const systemType = (item: Item): string => {
  switch (typeof item) {
    case 'string': return 'String';
    case 'number': return 'Integer';
    case 'bigint': return 'Long';
    case 'boolean': return 'Boolean';
  }
  if (item instanceof Decimal) return 'Decimal';
  if (item instanceof Moment) return item.kind;
  return item instanceof Quantity ? 'Quantity' : 'Any';
};

/** What type() answers; an anonymous element (`Patient.contact`) by its base. */
export const specifierOf = (item: Item, model: Model): TypeSpecifier => {
  if (item instanceof TypeSpecifier) return new TypeSpecifier('System', 'Any');
  if (!(item instanceof Node)) return new TypeSpecifier('System', systemType(item));
  const type = item.type ?? 'Element';
  return new TypeSpecifier('FHIR', type.includes('.') ? (model.type(type)?.base ?? 'BackboneElement') : type);
};

export const isKnownType = ({ namespace, name }: TypeName, model: Model): boolean =>
  (namespace !== 'FHIR' && systemTypes.has(name)) || (namespace !== 'System' && model.type(name) !== undefined) || (name.includes('.') && model.type(name) !== undefined);

/**
 * The test of `is` (with specialisations) or, with `exact`, of `as` and `ofType` on primitives: there a
 * code is no string, as in HL7's test suite (testFHIRPathAsFunction11). An unqualified name is looked
 * up in FHIR and in System; FHIR.boolean is not System.Boolean. Yet `as String` takes a FHIR.string: R4's own
 * engines compare the names of `as` without case, and its profiles rely on it (HL7's doNotEnforceAsCaseSensitive).
 */
export const typeTest = ({ namespace, name }: TypeName, model: Model, exact: boolean): ((item: Item) => boolean) => {
  const system = namespace !== 'FHIR' && systemTypes.has(name);
  const fhir = namespace !== 'System';
  const primitive = exact && model.isPrimitive(name);
  const own = exact && system && namespace === undefined ? name.charAt(0).toLowerCase() + name.slice(1) : undefined;
  return (item) => {
    if (item instanceof Node) {
      if (!fhir || item.type === undefined) return false;
      return item.type === name || (own !== undefined && item.type === own) || (!primitive && model.isA(item.type, name));
    }
    return system && (name === 'Any' || systemType(item) === name);
  };
};

/** The type named by an argument: `Patient`, `FHIR.Patient`, `System.String` are parsed as paths. */
export const typeArgument = (ast: Ast | undefined): TypeName => {
  if (ast?.kind === 'member') {
    if (!ast.target) return { name: ast.name };
    if (ast.target.kind === 'member' && !ast.target.target) return { namespace: ast.target.name, name: ast.name };
  }
  throw new FhirPathError('syntax', 'a type is expected here', ast?.at);
};

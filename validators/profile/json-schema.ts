import type { Catalog } from './catalog.ts';
import { core, upper } from './catalog.ts';
import type { ElementNode, ElementType } from './element-tree.ts';
import type { Terminology } from '../terminology/terminology.ts';

type Schema = { readonly [key: string]: unknown };

/** Primitive formats: http://hl7.org/fhir/R4/datatypes.html. Coarser than the validator's where a pattern would be dear. */
const primitives: Readonly<Record<string, Schema>> = {
  boolean: { type: 'boolean' }, decimal: { type: 'number' }, integer: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
  unsignedInt: { type: 'integer', minimum: 0, maximum: 2147483647 }, positiveInt: { type: 'integer', minimum: 1, maximum: 2147483647 },
  id: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' }, uri: { type: 'string', pattern: '^\\S+$' }, url: { type: 'string', pattern: '^\\S+$' }, canonical: { type: 'string', pattern: '^\\S+$' },
  oid: { type: 'string', pattern: '^urn:oid:[0-2](\\.(0|[1-9][0-9]*))+$' }, uuid: { type: 'string', pattern: '^urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
  date: { type: 'string', pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' },
  dateTime: { type: 'string', pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?$' },
  instant: { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$' },
  time: { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?$' },
  base64Binary: { type: 'string' }, code: { type: 'string', pattern: '^\\S+( \\S+)*$' }, string: { type: 'string', minLength: 1 }, markdown: { type: 'string', minLength: 1 }, xhtml: { type: 'string', minLength: 1 },
};

/**
 * The structural part of a type or profile as JSON Schema 2020-12: properties, lists, required elements, choices,
 * primitive formats, required bindings of codes. No invariants, slices, references: those are the validator's alone.
 */
export const jsonSchema = (catalog: Catalog, terminology: Terminology, canonical: string): Schema | undefined => {
  const structure = catalog.structure(canonical);
  if (!structure) return undefined;
  const defs: { [name: string]: Schema } = {};
  const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

  const typeSchema = (name: string): Schema => {
    if (catalog.isResource(name) && catalog.type(name)?.abstract === true) return { type: 'object', properties: { resourceType: { type: 'string' } }, required: ['resourceType'] };
    if (!(name in defs)) {
      defs[name] = {}; // stands while it is being made: types refer to themselves
      const type = catalog.type(name);
      if (type) defs[name] = objectSchema(type.root, type.kind === 'resource' ? name : undefined);
    }
    return reference(name);
  };

  const valueSchema = (node: ElementNode, type: ElementType): Schema => {
    if (catalog.isPrimitive(type.code)) {
      const base = primitives[type.code] ?? {};
      const { binding } = node.definition;
      const codes = binding?.strength === 'required' && binding.valueSet && type.code === 'code' ? terminology.valueSet(binding.valueSet)?.list() : undefined;
      return codes && codes.length <= 2000 ? { enum: [...new Set(codes.map((c) => c.code))] } : base;
    }
    const link = node.definition.contentReference;
    const key = link ? link.slice(link.indexOf('#') + 1) : node.path;
    if (link) return reference(key);
    if (node.children.length > 0 && (type.code === 'BackboneElement' || type.code === 'Element')) {
      if (!(key in defs)) { defs[key] = {}; defs[key] = objectSchema(node, undefined); }
      return reference(key);
    }
    return typeSchema(type.code);
  };

  const objectSchema = (node: ElementNode, resourceType: string | undefined): Schema => {
    const properties: { [name: string]: Schema } = resourceType ? { resourceType: { const: resourceType } } : {};
    const required: string[] = resourceType ? ['resourceType'] : [];
    const rules: Schema[] = [];
    for (const child of node.children) {
      if (child.max === 0) continue;
      const base = catalog.child(node, child.name) ?? child;
      const types = child.types.length > 0 ? child.types : base.types.length > 0 ? base.types : [{ code: 'Element' }];
      const names: string[] = [];
      for (const type of child.choice ? types : types.slice(0, 1)) {
        const name = child.choice ? child.name + upper(type.code) : child.name;
        const value = valueSchema(child, type);
        const primitive = catalog.isPrimitive(type.code);
        properties[name] = child.list ? { type: 'array', items: primitive ? { anyOf: [value, { type: 'null' }] } : value, minItems: 1, ...(child.max === Infinity ? {} : { maxItems: child.max }) } : value;
        if (primitive && name !== 'id' && child.path !== 'Extension.url') properties[`_${name}`] = child.list ? { type: 'array', items: { anyOf: [typeSchema('Element'), { type: 'null' }] } } : typeSchema('Element');
        names.push(name);
        if (primitive) names.push(`_${name}`);
      }
      if (child.min > 0) rules.push({ anyOf: names.map((name) => ({ required: [name] })) });
      const values = names.filter((n) => !n.startsWith('_'));
      if (child.choice && values.length > 1) rules.push({ oneOf: [...values.map((name) => ({ required: [name] })), { not: { anyOf: values.map((name) => ({ required: [name] })) } }] });
    }
    return { type: 'object', properties, additionalProperties: false, minProperties: 1, ...(required.length > 0 ? { required } : {}), ...(rules.length > 0 ? { allOf: rules } : {}) };
  };

  const root = objectSchema(structure.root, structure.kind === 'resource' ? structure.type : undefined);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: structure.url, title: structure.name,
    ...(structure.url.startsWith(core) ? {} : { description: `The structural part of ${structure.url}` }), ...root, $defs: defs };
};

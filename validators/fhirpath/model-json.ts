import { type ElementInfo, Model, type TypeInfo } from './model.ts';

/**
 * A model as JSON, for a cache on disk: reading it takes milliseconds, making it from R4's snapshots half a second.
 * [name, base, kind, [[element, many, [[key, type], …]], …]]; an element whose only key is its name has the type alone.
 */
export type ModelJson = readonly (readonly [string, string | null, TypeInfo['kind'], readonly ElementJson[]])[];
type ElementJson = readonly [string, 0 | 1, string | readonly (readonly [string, string])[]];

const elementJson = ({ name, many, variants }: ElementInfo): ElementJson => {
  const [first] = variants;
  const plain = variants.length === 1 && first?.key === name ? first.type : variants.map(({ key, type }) => [key, type] as const);
  return [name, many ? 1 : 0, plain];
};

export const modelJson = (model: Model): ModelJson =>
  [...model.types.values()].map(({ name, base, kind, elements }) => [name, base ?? null, kind, [...elements.values()].map(elementJson)] as const);

export const modelFromJson = (json: ModelJson): Model =>
  new Model(new Map(json.map(([name, base, kind, elements]) => [name, {
    name, kind, ...(base === null ? {} : { base }),
    elements: new Map(elements.map(([element, many, types]) => [element, {
      name: element, many: many === 1,
      variants: typeof types === 'string' ? [{ key: element, type: types }] : types.map(([key, type]) => ({ key, type })),
    }])),
  }])));

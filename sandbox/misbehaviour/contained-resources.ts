import { isObject, parseExact, writeExact, type Json, type JsonObject } from '../json-exact.ts';
import { exactResourceOf } from '../store.ts';
import { misbehaviour } from './misbehaviour.ts';
import { rewriteReferences } from './rewrite-references.ts';

export const containedResources = misbehaviour({
  name: 'contained-resources', seenAt: 'Epic and others',
  does: 'References to the types named are local (#id), the resource contained.',
  parameters: { types: ['Medication'] },
  start: ({ types }, { store }) => ({
    resource(bytes) {
      const contained = new Map<string, JsonObject>();
      const local = rewriteReferences(bytes, (type, id) => {
        const head = types.includes(type) ? store.head(type, id) : undefined;
        if (!head?.bytes) return `${type}/${id}`;
        const { meta: _meta, ...resource } = exactResourceOf(head);
        contained.set(id, resource);
        return `#${id}`;
      });
      const outer: Json = local ? parseExact(local.toString()) : null;
      if (contained.size === 0 || !isObject(outer)) return undefined;
      const already = Array.isArray(outer['contained']) ? outer['contained'] : [];
      return writeExact({ ...outer, contained: [...already, ...contained.values()] });
    },
  }),
});

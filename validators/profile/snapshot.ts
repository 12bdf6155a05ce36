import type { ElementDefinition } from './element-tree.ts';

/** Finds the elements of a type or profile, to walk into (`Patient.name.given` needs HumanName). */
export type ElementsOf = (canonicalOrType: string) => readonly ElementDefinition[] | undefined;

const depthOf = (path: string): number => path.split('.').length;
const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Ids carry slice names; where a differential has none they are made from path and sliceName. */
const withIds = (elements: readonly ElementDefinition[]): ElementDefinition[] => {
  const slices: { path: string; id: string }[] = [];
  return elements.map((element) => {
    while (slices.length > 0 && !element.path.startsWith(`${slices.at(-1)!.path}.`)) slices.pop();
    const open = slices.at(-1);
    const prefix = open ? open.id + element.path.slice(open.path.length) : element.path;
    const id = element.id ?? (element.sliceName ? `${prefix}:${element.sliceName}` : prefix);
    if (element.sliceName) slices.push({ path: element.path, id });
    return { ...element, id };
  });
};

const constraintsOf = (a: ElementDefinition, b: ElementDefinition): ElementDefinition['constraint'] => {
  const keys = new Set((b.constraint ?? []).map((c) => c.key));
  return [...(a.constraint ?? []).filter((c) => !keys.has(c.key)), ...(b.constraint ?? [])];
};

/** A differential's element over the one it constrains: what it says wins, constraints add up. */
const merge = (base: ElementDefinition, over: ElementDefinition): ElementDefinition => {
  const merged: Record<string, unknown> = { ...base, ...over, id: base.id, path: base.path };
  const constraint = constraintsOf(base, over);
  if (constraint && constraint.length > 0) merged['constraint'] = constraint;
  if (base.base) merged['base'] = base.base;
  if (over.binding && base.binding) merged['binding'] = { ...base.binding, ...over.binding }; // a differential may change the strength alone
  if (over.type && base.type) {
    merged['type'] = over.type.map((type) => ({ ...base.type!.find((t) => t.code === type.code), ...type }));
  }
  // A differential may narrow a pattern or a fixed value: the old one of the same kind goes.
  for (const prefix of ['fixed', 'pattern']) {
    const named = Object.keys(over).find((k) => k.startsWith(prefix) && k !== prefix);
    if (named) for (const key of Object.keys(base)) if (key.startsWith(prefix) && key !== named) delete merged[key];
  }
  return merged as ElementDefinition;
};

/** Copies a subtree under another id and path, without the root itself when `rootToo` is false. */
const graft = (source: readonly ElementDefinition[], from: string, to: { id: string; path: string }): ElementDefinition[] =>
  source.map((e) => ({ ...e, id: to.id + (e.id ?? e.path).slice(from.length), path: to.path + e.path.slice(source[0]!.path.length) }));

/**
 * The snapshot of a structure from its differential and its base's snapshot, by id:
 * http://hl7.org/fhir/R4/profiling.html#snapshot. Walks into data types and profiles of types where the differential
 * does, copies a sliced element for each new slice, keeps the base's order and puts slices behind what they slice.
 */
export const generateSnapshot = (base: readonly ElementDefinition[], differential: readonly ElementDefinition[],
  type: string, elementsOf: ElementsOf): ElementDefinition[] => {
  const root = base[0]!.path;
  const out: ElementDefinition[] = base.map((e) => ({ ...e, id: type + (e.id ?? e.path).slice(root.length), path: type + e.path.slice(root.length) }));
  const pristine = [...out];
  const find = (id: string): number => out.findIndex((e) => e.id === id);
  const endOf = (at: number): number => {
    const { id } = out[at]!;
    let end = at + 1;
    while (end < out.length && (out[end]!.id!.startsWith(`${id}.`))) end++;
    return end;
  };
  /** Makes the element with this id exist: by unfolding its parent's type, or as a new slice. */
  const ensure = (id: string): number => {
    const known = find(id);
    if (known >= 0) return known;
    const cut = id.lastIndexOf('.');
    const last = id.slice(cut + 1);
    const colon = last.indexOf(':');
    if (colon >= 0) {
      const slash = last.lastIndexOf('/');
      const slicedId = id.slice(0, cut + 1) + (slash > colon ? last.slice(0, slash) : last.slice(0, colon));
      const at = ensure(slicedId);
      if (at < 0) return -1;
      const sliced = out[at]!;
      const name = last.slice(colon + 1);
      let place = endOf(at);
      while (place < out.length && out[place]!.id!.startsWith(`${slicedId}:`)) place++;
      const copy = out.slice(at, endOf(at)).filter((e) => e === sliced || !e.id!.slice(slicedId.length).includes(':'));
      const made = graft(copy, slicedId, { id, path: sliced.path });
      const { slicing: _sliced, ...head } = made[0]!;
      made[0] = { ...head, sliceName: name, min: 0 } as ElementDefinition;
      out.splice(place, 0, ...made);
      return place;
    }
    if (cut < 0) return -1;
    const parent = ensure(id.slice(0, cut));
    if (parent < 0) return -1;
    const p = out[parent]!;
    if (endOf(parent) === parent + 1) {
      const one = p.type?.length === 1 ? p.type[0] : undefined;
      const target = p.contentReference
        ? pristine.filter((e) => e.id === p.contentReference!.split('#')[1] || e.id!.startsWith(`${p.contentReference!.split('#')[1]!}.`))
        : elementsOf(one?.profile?.[0] ?? one?.code ?? 'Element') ?? elementsOf(one?.code ?? 'Element');
      if (target && target.length > 1) {
        out.splice(parent + 1, 0, ...graft(target, target[0]!.id ?? target[0]!.path, { id: p.id!, path: p.path }).slice(1));
        const again = find(id);
        if (again >= 0) return again;
      }
    }
    // `valueQuantity` is short for `value[x]:valueQuantity`.
    const head = id.slice(0, cut + 1);
    const choice = out.find((e) => e.id!.startsWith(head) && e.id!.endsWith('[x]') && depthOf(e.path) === depthOf(p.path) + 1
      && last.startsWith(lastOf(e.path).slice(0, -3)) && last.length > lastOf(e.path).length - 3);
    if (!choice) return -1;
    const code = last.slice(lastOf(choice.path).length - 3);
    const matching = choice.type?.find((t) => t.code.toLowerCase() === code.toLowerCase());
    const at = ensure(`${choice.id!}:${last}`);
    if (at >= 0 && matching) out[at] = { ...out[at]!, type: [matching] };
    const sliced = find(choice.id!);
    if (!out[sliced]!.slicing) out[sliced] = { ...out[sliced]!, slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open', ordered: false } };
    return at;
  };
  /** Short choice ids as they are in the snapshot: found when the element itself was made. */
  const renamed = new Map<string, string>();
  for (const element of withIds(differential)) {
    let id = element.id!;
    for (const [from, to] of renamed) if (id === from || id.startsWith(`${from}.`)) { id = to + id.slice(from.length); break; }
    const at = ensure(id);
    if (at < 0) continue; // names nothing of its base: the structure's own check says so
    if (out[at]!.id !== id) renamed.set(id, out[at]!.id!);
    const made = out[at]!;
    const merged = merge(made, element);
    out[at] = { ...merged, ...(made.sliceName ? { sliceName: made.sliceName } : {}) };
  }
  return out;
};

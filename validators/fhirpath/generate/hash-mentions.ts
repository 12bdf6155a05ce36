import type { Json, JsonObject } from '../environment.ts';
import type { Model, TypeInfo } from '../model.ts';
import { isObject, typeAt, variantsByKey } from '../navigate.ts';

const links = new Set(['canonical', 'uri', 'url']);
const hash = 35;
const underscore = 95;

/** What a key of a type may hold: `link` a text that counts, `next` the plan of an object there. */
type Step = { readonly link: boolean; readonly next: Plan };
type Plan = { readonly info: TypeInfo | undefined; readonly steps: Map<string, Step> };
const plans = new WeakMap<Model, Map<string, Plan>>();

const planOf = (type: string | undefined, model: Model): Plan => {
  let known = plans.get(model);
  if (!known) plans.set(model, (known = new Map<string, Plan>()));
  const info = type === undefined ? undefined : model.type(type);
  const name = info?.name ?? '';
  let plan = known.get(name);
  if (!plan) known.set(name, (plan = { info, steps: new Map() }));
  return plan;
};

const stepOf = (plan: Plan, key: string, model: Model): Step => {
  const { info } = plan;
  const type = key.charCodeAt(0) === underscore ? 'Element' : ((info && info.kind !== 'primitive' ? variantsByKey(info).get(key)?.type : undefined) ?? (key === 'extension' ? 'Extension' : undefined));
  const step = {
    link: (type !== undefined && links.has(type)) || (key === 'reference' && (info === undefined || info.elements.has(key))),
    next: planOf(type, model),
  };
  if (info && variantsByKey(info).has(key)) plan.steps.set(key, step); // only the model's keys: the data's have no end
  return step;
};

/**
 * Texts that start with `#` among a resource's `descendants().reference` and its descendants of type
 * canonical, uri and url: what dom-3 looks for. Walks breadth first and only as far as it is asked.
 */
export class HashMentions {
  readonly #model: Model;
  readonly #found = new Set<string>();
  readonly #objects: JsonObject[];
  readonly #plans: Plan[];
  #next = 0;
  constructor(resource: JsonObject, model: Model) {
    this.#model = model;
    this.#objects = [resource];
    this.#plans = [planOf(typeAt(resource, undefined), model)];
  }

  has(wanted: string): boolean {
    while (!this.#found.has(wanted)) {
      const object = this.#objects[this.#next];
      const plan = this.#plans[this.#next];
      if (!object || !plan) return false;
      this.#visit(object, plan, this.#next++ === 0);
    }
    return true;
  }

  #visit(object: JsonObject, plan: Plan, top: boolean): void {
    for (const key in object) {
      const value = object[key];
      if (value === undefined || value === null || key === 'resourceType') continue;
      const step = plan.steps.get(key) ?? stepOf(plan, key, this.#model);
      const counts = step.link && !(top && key === 'reference');
      if (Array.isArray(value)) for (const item of value as readonly Json[]) this.#meet(item, step, counts);
      else this.#meet(value, step, counts);
    }
  }

  #meet(value: Json, { next }: Step, counts: boolean): void {
    if (typeof value === 'string') {
      if (counts && value.charCodeAt(0) === hash) this.#found.add(value);
    } else if (isObject(value)) {
      this.#objects.push(value);
      this.#plans.push(typeof value['resourceType'] === 'string' ? planOf(value['resourceType'], this.#model) : next);
    }
  }
}

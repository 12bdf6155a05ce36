import { patientsOfVersion } from '../../../sandbox/compartment.ts';
import type { Chart, Defect, Form } from '../../../sandbox/defects/defect.ts';
import { writeExact, type JsonObject } from '../../../sandbox/json-exact.ts';
import { seededRandom } from '../../../sandbox/seeded-random.ts';
import { createStore, exactResourceOf, resourceOf, type Store, type Version } from '../../../sandbox/store.ts';
import { patientsOf } from '../../../sandbox/compartment.ts';
import type { Finding } from '../../../terms/finding.ts';
import { allRules } from '../../../validators/integrity/all-rules.ts';
import models from '../../../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import type { ModelRegistry } from '../../../terms/model-registry.ts';
import { compartmentsOf, findingsOf, type Compartments } from '../population-views.ts';

const asked = { asOf: '2026-11-24T12:00:00Z', models: models as ModelRegistry };
const rules = allRules.filter(({ scope }) => scope !== 'population');

/** One planting: all that it changed may carry its finding. */
export type Plant = { readonly form: string; readonly wrong: boolean; readonly keys: ReadonlySet<string> };
export type Injected = { readonly rule: string; readonly plants: readonly Plant[]; readonly missed: readonly Plant[];
  /** Wrongly fired: of the rule itself, where nothing or a near miss was planted; of other rules, anywhere that the planting changed. */
  readonly alarms: readonly { readonly at: string; readonly form: string }[]; readonly others: readonly { readonly rule: string; readonly at: string; readonly form: string; readonly wrong: boolean }[]; readonly notPlanted: readonly string[] };
export type Ground = { readonly store: Store; readonly compartments: Compartments; readonly before: ReadonlySet<string> };

export function groundOf(store: Store): Ground {
  const compartments = compartmentsOf(store);
  return { store, compartments, before: wrongIn(findingsOf(rules, store, compartments, asked)) };
}
// Counted, and no claim that anything is wrong.
const claimsNothing = new Set(['value-delta/biological']);
const wrongIn = (found: ReadonlyMap<string, readonly Finding[]>): Set<string> => new Set([...found].flatMap(([key, findings]) => findings.filter(({ outcome, rule }) => outcome === 'wrong' && !claimsNothing.has(rule)).map(({ rule }) => `${rule.split('/')[0]} ${key}`)));

/** Plants every form of a defect `each` times and its near misses three times, asks all rules, and says which spoke. */
export function measureInjected(ground: Ground, defect: Defect, each: number, seed = 1): Injected {
  const store = createStore(Date.now, ground.store);
  const versions = new Map(store.types().map((type) => [type, [...store.current(type)]]));
  const patients = (versions.get('Patient') ?? []).map(({ id }) => id);
  const byPatient = Map.groupBy([...versions.values()].flat(), (version) => patientsOfVersion(version)[0] ?? '');
  const touched = new Set([...ground.before].flatMap((one) => { const [rule, key] = one.split(' '); return rule === defect.rule && key !== undefined ? [key] : []; }));
  const used = new Set<string>(), plants: Plant[] = [];
  const plant = (form: Form, wrong: boolean, count: number, n: number): void => {
    const random = seededRandom(seed, `${defect.rule} ${n} ${wrong}`), all = versions.get(form.type) ?? [];
    const chart: Chart = { store, random, patients,
      resolve(reference) { const [type = '', id = ''] = (reference ?? '').split('/'); const head = store.head(type, id); return head?.bytes ? exactResourceOf(head) : undefined; },
      around: (resource, type) => (byPatient.get(patientsOf(resource)[0] ?? '') ?? []).flatMap((version) => { const head = version.type === type ? store.head(type, version.id) : undefined; return head?.bytes ? [resourceOf(head)] : []; }) };
    for (let tried = 0, done = 0; done < count && tried < 600 * count && all.length > 0; tried++) {
      const version = all[random.below(all.length)]!, at = `${version.type}/${version.id}`, patient = patientsOfVersion(version)[0] ?? '';
      if (touched.has(at) || (defect.apart === true && used.has(patient))) continue;
      const changes = form.plant(exactResourceOf(version), chart);
      if (changes === undefined || changes.some((change) => 'resource' in change && touched.has(nameOf(change.resource)))) continue;
      touched.add(at); used.add(patient); done++;
      const keys = new Set<string>();
      for (const change of changes) {
        if (!('resource' in change)) continue;
        const key = nameOf(change.resource);
        touched.add(key);
        if (wrong || change.carries === true) keys.add(key);
        put(store, change.how, change.resource);
      }
      plants.push({ form: form.because, wrong, keys });
    }
  };
  (defect.nearMisses ?? []).forEach((form, n) => plant(form, false, 3, n));
  defect.forms.forEach((form, n) => plant(form, true, each, n));
  const compartments = compartmentsOf(store);
  const keys = new Set(store.types().flatMap((type) => Array.from(store.heads(type), ({ id }) => id).filter((id) => store.head(type, id) !== ground.store.head(type, id)).map((id) => `${type}/${id}`)));
  const near = (all: Compartments): string[] => [...all].filter(([, own]) => own.some(({ type, id }) => keys.has(`${type}/${id}`))).map(([patient]) => patient);
  const after = wrongIn(findingsOf(rules, store, compartments, asked, { patients: new Set([...near(compartments), ...near(ground.compartments)]), keys }));
  const fresh = [...after].filter((one) => !ground.before.has(one)).map((one) => { const [rule = '', at = ''] = one.split(' '); return { rule, at, plant: plants.find(({ keys: own }) => own.has(at)) }; });
  return { rule: defect.rule, plants, missed: plants.filter((one) => one.wrong && ![...one.keys].some((key) => after.has(`${defect.rule} ${key}`))),
    alarms: fresh.filter(({ rule, plant: own }) => rule === defect.rule && own?.wrong !== true).map(({ at, plant: own }) => ({ at, form: own?.form ?? 'not planted' })),
    others: fresh.filter(({ rule }) => rule !== defect.rule).map(({ rule, at, plant: own }) => ({ rule, at, form: own?.form ?? 'not planted', wrong: own?.wrong ?? false })),
    notPlanted: [...defect.forms, ...defect.nearMisses ?? []].filter(({ because }) => !plants.some((one) => one.form === because)).map(({ because }) => because) };
}
const nameOf = (resource: JsonObject): string => `${String(resource['resourceType'])}/${String(resource['id'])}`;
function put(store: Store, how: string, resource: JsonObject): Version {
  const named = { ...resource, resourceType: String(resource['resourceType']), id: String(resource['id']) };
  const head = store.head(named.resourceType, named.id);
  if (how === 'amend' && head !== undefined) return store.amend(head, writeExact(named));
  return how === 'update' ? store.write(named, Date.parse('2026-06-01T00:00:00Z')) : store.load(named.resourceType, named.id, writeExact(named), Date.parse('2026-06-01T00:00:00Z'));
}

import { patientsOf, patientsOfVersion } from '../compartment.ts';
import { writeExact, type JsonObject } from '../json-exact.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { exactResourceOf, resourceOf, type Store, type Version } from '../store.ts';
import { allDefects } from './all-defects.ts';
import type { Change, Chart, Defect, Form } from './defect.ts';

/** A planted defect, kept aside from the resource that carries it. `id` is empty for a line that is no resource. */
export type Label = {
  readonly rule: string;
  /** False for what is in order. */
  readonly wrong: boolean;
  readonly type: string;
  readonly id: string;
  readonly versionId: number;
  readonly because: string;
};

/** `share` of all resources for each defect, at least 2 and at most 40 of each. */
export type Planting = { seed: number; share: number };

const triesEach = 400; // resources looked at for one that suits

/** The first form of each defect that the sandbox shows. */
export function plantDefects(store: Store, { seed = 7, share = 0.0003 }: Partial<Planting>): Label[] {
  const total = store.types().reduce((sum, type) => sum + [...store.current(type)].length, 0);
  const wanted = Math.min(40, Math.max(2, Math.round(total * share)));
  const ground = groundOf(store);
  return allDefects.filter(({ hidden }) => hidden !== true).flatMap((defect) =>
    plantForm(ground, defect, defect.forms[0], seededRandom(seed, defect.rule), Math.min(wanted, defect.most ?? wanted), defect.wrong ?? true));
}

/** Every form of one defect `each` times, and every near miss `near` times; what `spared` names is left as it is. */
export function plantEveryForm(store: Store, defect: Defect, counts: { seed: number; each: number; near: number }, spared: ReadonlySet<string> = new Set()): Label[] {
  const ground = groundOf(store);
  for (const key of spared) ground.touched.add(key);
  const plant = (form: Form, at: number, count: number, wrong: boolean): Label[] => plantForm(ground, defect, form, seededRandom(counts.seed, `${defect.rule} ${at} ${wrong}`), count, wrong);
  // Near misses first: they are few, and must not be crowded out.
  return [...(defect.nearMisses ?? []).flatMap((form, at) => plant(form, at, counts.near, false)), ...defect.forms.flatMap((form, at) => plant(form, at, counts.each, true))];
}

type Ground = { readonly store: Store; readonly ofType: ReadonlyMap<string, readonly Version[]>; readonly patients: readonly string[]; readonly byPatient: () => ReadonlyMap<string, readonly Version[]>;
  /** type/id: a resource carries one defect at most. */
  readonly touched: Set<string>; readonly usedPatients: Set<string>; readonly lastLoaded: number; planted: number };

function groundOf(store: Store): Ground {
  const ofType = new Map(store.types().map((type) => [type, [...store.current(type)]]));
  let byPatient: ReadonlyMap<string, readonly Version[]> | undefined;
  return {
    store, ofType, patients: (ofType.get('Patient') ?? []).map(({ id }) => id), touched: new Set(), usedPatients: new Set(), planted: 0,
    lastLoaded: Math.max(...[...ofType.values()].flatMap((versions) => versions.at(-1)?.lastUpdated ?? 0)),
    byPatient: () => byPatient ??= Map.groupBy([...ofType.values()].flat(), (version) => patientsOfVersion(version)[0] ?? ''),
  };
}

function plantForm(ground: Ground, defect: Defect, form: Form, random: Random, wanted: number, wrong: boolean): Label[] {
  const chart = chartOf(ground, random);
  const candidates = ground.ofType.get(form.type) ?? [];
  const labels: Label[] = [];
  for (let tried = 0, planted = 0; planted < wanted && tried < triesEach * wanted && candidates.length > 0; tried++) {
    const version = candidates[random.below(candidates.length)];
    if (!version || ground.touched.has(keyOf(version))) continue;
    const patient = patientsOfVersion(version)[0] ?? '';
    if (defect.apart && ground.usedPatients.has(patient)) continue;
    const changes = form.plant(exactResourceOf(version), chart);
    // What it would change may be another plant already.
    if (!changes || changes.some((change) => change.how !== 'loose' && change.how !== 'add' && ground.touched.has(keyOf(nameOf(change.resource))))) continue;
    ground.touched.add(keyOf(version));
    ground.usedPatients.add(patient);
    planted++;
    for (const change of changes) {
      const made = makeVersion(ground, change, version);
      if (made.id !== '') ground.touched.add(keyOf(made));
      if (change.carries) labels.push({ rule: defect.rule, wrong, because: form.because, type: made.type, id: made.id, versionId: made.versionId });
    }
  }
  return labels;
}

function chartOf({ store, patients, byPatient }: Ground, random: Random): Chart {
  return {
    store, random, patients,
    resolve(reference) {
      const [type = '', id = ''] = (reference ?? '').split('/');
      const head = store.head(type, id);
      return head?.bytes ? exactResourceOf(head) : undefined;
    },
    around: (resource, type) => (byPatient().get(patientsOf(resource)[0] ?? '') ?? [])
      .flatMap((version) => { const head = version.type === type ? store.head(type, version.id) : undefined; return head?.bytes ? [resourceOf(head)] : []; }),
  };
}

/** What is added or updated is as old as the load, a little later than all the rest. */
function makeVersion(ground: Ground, change: Change, from: Version): { type: string; id: string; versionId: number } {
  const { store } = ground;
  const at = ground.lastLoaded + 60_000 + ground.planted++ * 1000;
  if (change.how === 'loose') {
    store.looseLines.push({ type: from.type, lastUpdated: at, bytes: Buffer.from(change.line) });
    return { type: from.type, id: '', versionId: 0 };
  }
  const named = { ...change.resource, ...nameOf(change.resource) };
  const head = store.head(named.resourceType, named.id);
  if (change.how === 'amend') return head ? store.amend(head, writeExact(named)) : store.load(named.resourceType, named.id, writeExact(named), at);
  if (change.how === 'update') {
    if (change.bothSent === true) store.exportedInFull.add(keyOf(named));
    return store.write(named, at);
  }
  return change.how === 'add' && head ? head : store.load(named.resourceType, named.id, writeExact(named), at);
}

const nameOf = (resource: JsonObject) => ({ resourceType: String(resource['resourceType']), id: String(resource['id']) });
const keyOf = (one: { type: string; id: string } | { resourceType: string; id: string }) => `${'type' in one ? one.type : one.resourceType}/${one.id}`;

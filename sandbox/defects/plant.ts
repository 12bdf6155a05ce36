import { writeExact } from '../json-exact.ts';
import { seededRandom } from '../seeded-random.ts';
import { exactResourceOf, resourceOf, type Store, type Version } from '../store.ts';
import { allDefects } from './all-defects.ts';
import type { Change, Chart, Defect } from './defect.ts';

/** A planted defect, kept aside from the resource that carries it. `id` is empty for a line that is no resource. */
export type Label = {
  readonly rule: string;
  /** False for AI-asserted content that is in order. */
  readonly wrong: boolean;
  readonly type: string;
  readonly id: string;
  readonly versionId: number;
  readonly because: string;
};

/** `share` of all resources for each defect, at least 2 and at most 40 of each. */
export type Planting = { seed: number; share: number };

const triesEach = 400; // resources looked at for one that suits

export function plantDefects(store: Store, { seed = 7, share = 0.0005 }: Partial<Planting>): Label[] {
  const ofType = new Map(store.types().map((type) => [type, [...store.current(type)]]));
  const total = [...ofType.values()].reduce((sum, { length }) => sum + length, 0);
  const wanted = Math.min(40, Math.max(2, Math.round(total * share)));
  const touched = new Set<string>(); // type/id: a resource carries one defect at most
  const lastLoaded = Math.max(...[...ofType.values()].flatMap((versions) => versions.at(-1)?.lastUpdated ?? 0));
  const labels: Label[] = [];

  for (const defect of allDefects) {
    const random = seededRandom(seed, defect.rule);
    const chart: Chart = {
      store, random, patients: (ofType.get('Patient') ?? []).map(({ id }) => id),
      resolve: (reference) => {
        const [type = '', id = ''] = (reference ?? '').split('/');
        const head = store.head(type, id);
        return head?.bytes ? resourceOf(head) : undefined;
      },
    };
    const candidates = ofType.get(defect.type) ?? [];
    let planted = 0;
    for (let tried = 0; planted < Math.min(wanted, defect.most ?? wanted) && tried < triesEach * wanted && candidates.length > 0; tried++) {
      const version = candidates[random.below(candidates.length)];
      if (!version || touched.has(keyOf(version))) continue;
      const changes = defect.plant(exactResourceOf(version), chart);
      if (!changes) continue;
      touched.add(keyOf(version));
      for (const change of changes) apply(change, defect, version);
      planted++;
    }
  }
  return labels;

  function apply(change: Change, { rule, because, wrong = true }: Defect, from: Version) {
    const made = makeVersion(change, from);
    touched.add(keyOf(made));
    if (change.carries) labels.push({ rule, wrong, because, type: made.type, id: made.id, versionId: made.versionId });
  }

  /** What is added or updated is as old as the load, a little later than all the rest. */
  function makeVersion(change: Change, from: Version): { type: string; id: string; versionId: number } {
    const at = lastLoaded + 60_000 + labels.length * 1000;
    if (change.how === 'loose') {
      store.looseLines.push({ type: from.type, lastUpdated: at, bytes: Buffer.from(change.line) });
      return { type: from.type, id: '', versionId: 0 };
    }
    if (change.how === 'amend') return store.amend(from, writeExact(change.resource));
    const { resource } = change;
    const named = { ...resource, resourceType: String(resource['resourceType']), id: String(resource['id']) };
    if (change.how === 'update') return store.write(named, at);
    return store.head(named.resourceType, named.id) ?? store.load(named.resourceType, named.id, writeExact(named), at);
  }
}

const keyOf = ({ type, id }: { type: string; id: string }) => `${type}/${id}`;

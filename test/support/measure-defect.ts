import { allDefects } from '../../sandbox/defects/all-defects.ts';
import type { Defect } from '../../sandbox/defects/defect.ts';
import { plantEveryForm } from '../../sandbox/defects/plant.ts';
import { loadFolders } from '../../sandbox/load.ts';
import { sampleFolders } from '../../sandbox/server.ts';
import { createStore, type Store } from '../../sandbox/store.ts';
import models from '../../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { Rule } from '../../terms/rule.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import { compartmentsOf, findingsOf, type Compartments } from './population-views.ts';

export type Measured = { readonly rule: Rule; readonly planted: number; readonly found: number; readonly nearMisses: number; readonly falseAlarms: number;
  /** Forms that were missed or raised a false alarm, with a place to look at; forms that found no resource to suit. */
  readonly missed: readonly string[]; readonly alarmed: readonly string[]; readonly notPlanted: readonly string[] };

const asked = { asOf: '2026-11-24T12:00:00Z', models: models as ModelRegistry };

/** Both shipped populations, in order as far as the rule says. */
export type Base = { readonly store: Store; readonly compartments: Compartments };
export function loadBase(folders: readonly string[] = sampleFolders): Base {
  const store = createStore();
  loadFolders(store, folders, Date.parse('2026-01-01T00:00:00Z'));
  return { store, compartments: compartmentsOf(store) };
}

/** Defects of rules that one patient's chart decides. */
export const measurable: readonly { readonly defect: Defect; readonly rule: Rule }[] = allDefects.flatMap((defect) => {
  const rule = allRules.find(({ id }) => id === defect.rule);
  return rule === undefined || rule.scope === 'population' ? [] : [{ defect, rule }];
});

/** @param plants how many of each defect, over its forms */
export function measure(base: Base, { defect, rule }: (typeof measurable)[number], plants = 30, seed = 1): Measured {
  const before = wrongOf(rule, base.store, base.compartments);
  const store = createStore(Date.now, base.store);
  const labels = plantEveryForm(store, defect, { seed, each: Math.ceil(plants / defect.forms.length), near: 5 }, new Set(before.keys()));
  const compartments = compartmentsOf(store);
  const isChanged = (type: string, id: string): boolean => store.head(type, id) !== base.store.head(type, id);
  const keys = new Set(store.types().flatMap((type) => Array.from(store.heads(type), ({ id }) => id).filter((id) => isChanged(type, id)).map((id) => `${type}/${id}`)));
  const touched = (all: Compartments): string[] => [...all].filter(([, versions]) => versions.some(({ type, id }) => keys.has(`${type}/${id}`))).map(([patient]) => patient);
  const after = wrongOf(rule, store, compartments, { patients: new Set([...touched(compartments), ...touched(base.compartments)]), keys });
  const wrong = labels.filter((label) => label.wrong), near = labels.filter((label) => !label.wrong);
  const place = ({ type, id, because }: { type: string; id: string; because: string }): string => `${because} ${type}/${id}`;
  const missed = wrong.filter(({ type, id }) => !after.has(`${type}/${id}`));
  const labelled = new Set(wrong.map(({ type, id }) => `${type}/${id}`));
  const alarms = [...after.keys()].filter((key) => !labelled.has(key) && !before.has(key));
  const becauses = new Map(near.map((label) => [`${label.type}/${label.id}`, label.because]));
  return { rule, planted: wrong.length, found: wrong.length - missed.length, nearMisses: near.length, falseAlarms: alarms.length, missed: missed.map(place),
    alarmed: alarms.map((key) => `${becauses.get(key) ?? 'not planted'} ${key}`),
    notPlanted: [...defect.forms, ...(defect.nearMisses ?? [])].filter((form) => !labels.some((label) => label.because === form.because)).map((form) => form.because) };
}

function wrongOf(rule: Rule, ...[store, compartments, only]: readonly [Store, Compartments, { patients: ReadonlySet<string>; keys: ReadonlySet<string> }?]): Map<string, number> {
  return new Map([...findingsOf([rule], store, compartments, asked, only)].flatMap(([key, findings]) => {
    const count = findings.filter((finding) => finding.outcome === 'wrong').length;
    return count === 0 ? [] : [[key, count] as const];
  }));
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPopulation } from '../../apps/check/integrity.ts';
import type { InputFile } from '../../apps/check/input-files.ts';
import { allDefects } from '../../sandbox/defects/all-defects.ts';
import { plantEveryForm, type Label } from '../../sandbox/defects/plant.ts';
import { createStore, type Store } from '../../sandbox/store.ts';
import { allRules } from '../../validators/integrity/all-rules.ts';
import type { Base, Measured } from './measure-defect.ts';
import { makeScratch } from './scratch.ts';

/** Defects that only all records together show: the statements find them, in a scratch PostgreSQL. */
export const together = allDefects.flatMap((defect) => {
  const rule = allRules.find(({ id }) => id === defect.rule);
  return rule?.scope === 'population' ? [{ defect, rule }] : [];
});

// What these rules read, and no more.
const read = new Set(['Patient', 'Encounter', 'Observation', 'Condition', 'Procedure', 'MedicationRequest', 'DiagnosticReport', 'RelatedPerson', 'DocumentReference']);
const whole = new Set(['Patient', 'Encounter', 'RelatedPerson', 'DocumentReference']);
/** Once a population: each of its forms is one plant, of many records. */
const wholePopulation = new Set(['identity-token-sharing', 'value-default-spike']);

/** All people, encounters and notes, all that was planted, and of the rest each eighth: it would be landed for nothing. */
async function fileOf(store: Store, base: Store, folder: string, name: string): Promise<InputFile> {
  const lines = store.types().filter((type) => read.has(type)).flatMap((type) => [...store.current(type)]
    .filter((version, at) => whole.has(type) || at % 8 === 0 || base.head(type, version.id) !== version).map(({ bytes }) => bytes?.toString() ?? ''));
  const path = join(folder, `${name}.ndjson`);
  await writeFile(path, lines.join('\n'));
  return { path, name };
}

/** `rule Type/id` of every wrong finding of these rules. */
async function foundIn(file: InputFile): Promise<Set<string>> {
  const found = new Set<string>();
  await checkPopulation([file], { purpose: 'training', asOf: '2026-11-24T12:00:00Z' }, { say() {}, stop: new AbortController().signal }, async (input, issues) => {
    const { resourceType, id } = JSON.parse(Buffer.from(input.bytes).toString()) as { resourceType: string; id: string };
    for (const { details, severity } of issues) if (severity !== 'information') found.add(`${details.coding?.[0]?.code ?? ''} ${resourceType}/${id}`);
  }, (some) => some);
  return found;
}

/** Plants all of them into one population and asks the statements once, against what they say of the untouched one. */
export async function measureTogether(base: Base, plants = 30, seed = 1): Promise<Measured[]> {
  const { path: folder, remove } = await makeScratch('population-defects');
  const before = await foundIn(await fileOf(base.store, base.store, folder, 'before'));
  const store = createStore(Date.now, base.store);
  const spared = new Set([...before].map((one) => one.split(' ')[1] ?? ''));
  const planted = together.map(({ defect, rule }) => {
    const once = wholePopulation.has(rule.id);
    const labels = plantEveryForm(store, defect, { seed, each: once ? 1 : Math.ceil(plants / defect.forms.length / (/encounter|note/.test(rule.id) ? 1 : 2)), near: once ? 1 : 2 }, once ? new Set() : spared);
    for (const { type, id } of labels) spared.add(`${type}/${id}`);
    return { defect, rule, labels };
  });
  const after = await foundIn(await fileOf(store, base.store, folder, 'after'));
  await remove();
  const key = ({ type, id }: Label): string => `${type}/${id}`;
  return planted.map(({ defect, rule, labels }): Measured => {
    const wrong = labels.filter((label) => label.wrong), labelled = new Set(wrong.map(key)), near = labels.filter((label) => !label.wrong);
    const missed = wrong.filter((label) => !after.has(`${rule.id} ${key(label)}`));
    const alarms = [...after].flatMap((one) => (one.startsWith(`${rule.id} `) && !before.has(one) && !labelled.has(one.slice(rule.id.length + 1)) ? [one.slice(rule.id.length + 1)] : []));
    const becauses = new Map(near.map((label) => [key(label), label.because]));
    return { rule, planted: wrong.length, found: wrong.length - missed.length, nearMisses: near.length, falseAlarms: alarms.length, missed: missed.map((label) => `${label.because} ${key(label)}`),
      alarmed: alarms.map((one) => `${becauses.get(one) ?? 'not planted'} ${one}`), notPlanted: [...defect.forms, ...defect.nearMisses ?? []].filter((form) => !labels.some((label) => label.because === form.because)).map((form) => form.because) };
  });
}

import { expect, test } from 'vitest';
import example from '../fhir-profiles/own/model-registry.example.json' with { type: 'json' };
import schema from '../fhir-profiles/own/model-registry.schema.json' with { type: 'json' };
import { changeModel, seedRegistry } from '../apps/product/change-models.ts';
import { sourceAttributeGaps, sourceAttributes, type ModelRegistry } from '../terms/model-registry.ts';
import { testDatabase } from '../test/support/database.ts';
import { modelHistory, registryInForce } from './models.ts';

const { db } = await testDatabase();
const registry = example as ModelRegistry;
const [scribe] = registry.models;
if (scribe === undefined) throw new Error('the example has no model');

test('the file seeds the registry; what a person says of a model stands against it; each change is a version', async () => {
  expect(await registryInForce(db)).toBeUndefined();
  expect(await seedRegistry(db, registry)).toHaveLength(registry.models.length);
  expect(await seedRegistry(db, registry)).toEqual([]);
  const seeded = await registryInForce(db);
  expect(seeded?.models.map((one) => one.id).sort()).toEqual(registry.models.map((one) => one.id).sort());
  expect(await seedRegistry(db, { ...registry, models: [{ ...scribe, versions: ['9'] }] })).toEqual([scribe.id]);
  expect(await changeModel(db, scribe.id, { ...scribe, approvedUntil: '2026-12-31' }, 'grace')).toBe(true);
  expect(await changeModel(db, scribe.id, { ...scribe, approvedUntil: '2026-12-31' }, 'grace')).toBe(false);
  expect(await seedRegistry(db, registry)).toEqual([]);
  const changed = await registryInForce(db);
  expect(changed?.models.find((one) => one.id === scribe.id)?.approvedUntil).toBe('2026-12-31');
  expect(Number(changed?.version)).toBeGreaterThan(Number(seeded?.version));
  expect(await changeModel(db, scribe.id, null, 'grace')).toBe(true);
  expect((await registryInForce(db))?.models.some((one) => one.id === scribe.id)).toBe(false);
  expect(await changeModel(db, 'never-heard-of', null, 'grace')).toBe(false);
  expect((await modelHistory(db, scribe.id)).map((row) => row.by)).toEqual(['grace', 'grace', 'file', 'file']);
  const { rowCount } = await db.query(`select from event where kind = 'model-changed'`);
  expect(rowCount).toBe(registry.models.length + 3);
});

test('what a card does not say is a gap; the schema knows the same attributes', () => {
  expect(sourceAttributeGaps(scribe)).toHaveLength(sourceAttributes.length - Object.keys(scribe.sourceAttributes ?? {}).length);
  expect(schema.definitions.model.properties.sourceAttributes.propertyNames.enum).toEqual([...sourceAttributes]);
});

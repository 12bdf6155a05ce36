import { expect, test } from 'vitest';
import { modelFromJson, modelJson } from './model-json.ts';
import { testModel } from './test-model.ts';

test('a model survives JSON', () => {
  const again = modelFromJson(JSON.parse(JSON.stringify(modelJson(testModel))) as ReturnType<typeof modelJson>);
  expect(again.types).toEqual(testModel.types);
  expect([again.isA('Patient', 'Resource'), again.isA('Patient', 'Element'), again.isA('nobody', 'Element')]).toEqual([true, false, false]);
});

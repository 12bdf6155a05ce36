import { userInfo } from 'node:os';
import type { ModelRow } from '../../storage/models.ts';
import { AssayError } from '../../terms/errors.ts';
import { sourceAttributeGaps } from '../../terms/model-registry.ts';
import { verb } from '../verb.ts';

const store = () => Promise.all([import('../product/with-product.ts'), import('../product/change-models.ts')]);

export const models = verb<object, readonly ModelRow[]>({
  name: 'models',
  summary: 'the registry of AI models: approval, what must be verified, what its card does not say',
  async run(_, context) {
    const [{ withProduct }, { modelRows }] = await Promise.all([import('../product/with-product.ts'), import('../../storage/models.ts')]);
    return withProduct(context, {}, ({ db }) => modelRows(db));
  },
  print(found, line) {
    if (found.length === 0) line('No model is registered: `assay models put FILE`. Until then, what AI made can be judged by no registry.');
    for (const { model, body, by, at } of found) {
      if (body === null) {
        line(`${model.padEnd(28)} off the registry since ${at.toISOString()} (${by})`);
        continue;
      }
      line(`${model.padEnd(28)} ${body.versions.join(', ').padEnd(16)} verification ${body.verification.padEnd(9)} approved ${body.approvedFrom} to ${body.approvedUntil ?? 'further notice'} by ${body.approvedBy} (${by})`);
      const gaps = sourceAttributeGaps(body);
      if (gaps.length > 0) line(`  not said of it: ${gaps.join(', ')}${body.modelCard === undefined ? ', model card' : ''}`);
    }
  },
});

export const modelsPut = verb<object, { changed: readonly string[] }>({
  name: 'models put',
  summary: 'put the models of a file on the registry, as it says; others stay as they are',
  define: (command) => command.argument('<file>', 'a registry, JSON as fhir-profiles/own/model-registry.schema.json has it'),
  async run({ args: [file = ''] }, context) {
    const [[{ withProduct }, { changeModel }], { loadModels }] = await Promise.all([store(), import('../worker/models.ts')]);
    const registry = await loadModels(file);
    return withProduct(context, {}, async ({ db }) => {
      const changed: string[] = [];
      for (const entry of registry?.models ?? []) if (await changeModel(db, entry.id, entry, `cli:${userInfo().username}`)) changed.push(entry.id);
      return { changed };
    });
  },
  print: ({ changed }, line) => line(changed.length === 0 ? 'The registry says so already.'
    : `${changed.join(', ')}: in force. What is stored is judged by it with \`assay reassess --source NAME\`, and by the next runs where they touch it.`),
});

export const modelsWithdraw = verb<object, { model: string }>({
  name: 'models withdraw',
  summary: 'take a model off the registry: what it makes is not approved any more',
  define: (command) => command.argument('<model>', 'its id'),
  async run({ args: [model = ''] }, context) {
    const [{ withProduct }, { changeModel }] = await store();
    return withProduct(context, {}, async ({ db }) => {
      if (!await changeModel(db, model, null, `cli:${userInfo().username}`)) throw new AssayError('ASSAY_MODEL_UNKNOWN');
      return { model };
    });
  },
  print: ({ model }, line) => line(`${model} is off the registry.`),
});

import { verb } from '../verb.ts';

/** The role that answers: the page, the API, the feeds, metrics. */
export const api = verb<object, undefined>({
  name: 'api',
  summary: 'serve the page, the API and the feeds',
  async run(_, context) {
    const { serveApi } = await import('../api/serve-api.ts');
    await serveApi(context);
    return undefined;
  },
  print() {},
});

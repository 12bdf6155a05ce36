import { verb } from '../verb.ts';

/** The role that works: runs, schedules, publishing. Ends when it is asked to. */
export const worker = verb<object, undefined>({
  name: 'worker',
  summary: 'run a worker (needs PostgreSQL and Temporal; starts embedded ones where none are configured)',
  async run(_, context) {
    const { serveWorker } = await import('../worker/serve-worker.ts');
    await serveWorker(context);
    return undefined;
  },
  print() {},
});

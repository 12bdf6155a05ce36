/**
 * Given to a worker's Node by `--import`, for the bench alone: with BENCH_EVENTS=no it is the same worker, but nothing
 * of what it does becomes an event or a leaf. Both sides load it, so that what the hook costs meets both.
 */
import { registerHooks } from 'node:module';

const silent: Readonly<Record<string, string>> = process.env['BENCH_EVENTS'] !== 'no' ? {} : {
  '/ledger/append.ts': 'export const appendEvent = async () => {};',
  '/ledger/keep.ts': `import { once } from 'node:events'; export const keepLedger = ({ signal }) => once(signal, 'abort');`,
};

registerHooks({
  load(url, context, next) {
    const source = Object.entries(silent).find(([file]) => url.endsWith(file))?.[1];
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
  },
});

import { userInfo } from 'node:os';
import type { PairView } from '../../storage/identity.ts';
import { pairDecisions } from '../../terms/decision.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

export const identity = verb<{ source?: string; limit: string }, readonly PairView[]>({
  name: 'identity',
  summary: 'pairs of patients that may be one person, with what was decided of them',
  define: (command) => command.option('--source <name>', 'only of this source').option('--limit <count>', 'how many', '100'),
  async run({ options: { source, limit } }, context) {
    const [{ withProduct }, { pairs }] = await Promise.all([import('../product/with-product.ts'), import('../../storage/identity.ts')]);
    return withProduct(context, {}, ({ db }) => pairs(db, Math.max(1, Math.min(10_000, Number(limit) || 100)), source));
  },
  print(found, line) {
    if (found.length === 0) line('No two patients look like one person.');
    for (const one of found) {
      line(`${one.source}  Patient/${one.one}  ${one.otherSource === one.source ? '' : `${one.otherSource}  `}Patient/${one.other}  score ${one.score.toFixed(1)}  ${one.decision === null ? 'undecided'
        : `${one.decision} (${one.decidedBy}, ${one.decidedAt?.toISOString() ?? ''})${one.changedSince ? ', changed since' : ''}`}`);
    }
  },
});

export const identityDecide = verb<{ source: string }, { decision: string }>({
  name: 'identity decide',
  summary: 'say of two patients: same, different or cannot-tell; the EHR merges, and we follow',
  define: (command) => command
    .argument('<one>', 'a Patient’s id').argument('<other>', 'the other’s').argument('<decision>', 'same, different or cannot-tell')
    .requiredOption('--source <name>', 'the source’s name'),
  async run({ args: [one = '', other = '', wanted = ''], options: { source } }, context) {
    const [{ withProduct }, { decideRecords }] = await Promise.all([import('../product/with-product.ts'), import('../product/decide-pair.ts')]);
    const decision = pairDecisions.find((known) => known === wanted);
    if (decision === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', `a decision is one of ${pairDecisions.join(', ')}`);
    return withProduct(context, {}, async ({ db }) => {
      await decideRecords(db, { source, one, other }, decision, `cli:${userInfo().username}`);
      return { decision };
    });
  },
  print: ({ decision }, line) => line(decision === 'different' ? 'Remembered: they are not raised again unless their demographics change. The next run clears them.'
    : decision === 'same' ? 'Remembered: they stay in the queue until the EHR has merged them.' : 'Remembered: nobody can tell yet; they stay in the queue.'),
});

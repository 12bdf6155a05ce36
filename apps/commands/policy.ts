import { userInfo } from 'node:os';
import type { PolicyTrial } from '../../terms/policy-trial.ts';
import type { PolicyRow, Proposal } from '../../storage/policies.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

const store = () => Promise.all([import('../product/with-product.ts'), import('../../storage/policies.ts'), import('../policy-file.ts')]);
/** Who acts on the command line: whoever may read the database's password. */
const operator = (): string => `cli:${userInfo().username}`;

export const policyShow = verb<object, PolicyRow>({
  name: 'policy show',
  summary: 'the policy in force, as JSON that `policy try` and `policy put` read',
  async run(_, context) {
    const [{ withProduct }, { policies }, { policySeed }] = await store();
    const { policyInForce } = await import('../../storage/assessment.ts');
    return withProduct(context, {}, async ({ db }) => {
      await policyInForce(db, policySeed);
      const [newest] = await policies(db, 1);
      if (newest === undefined) throw new AssayError('ASSAY_POLICY_INVALID', 'none is in force');
      return newest;
    });
  },
  print: ({ body }, line) => line(JSON.stringify(body, null, 2)),
});

export const policyTry = verb<object, PolicyTrial>({
  name: 'policy try',
  summary: 'what would change against all that is stored if a policy were put in force; changes nothing',
  define: (command) => command.argument('<file>', 'the policy, JSON'),
  async run({ args: [file = ''] }, context) {
    const [{ withProduct }, , { policySeed, readPolicy }] = await store();
    const [{ policyInForce }, { tryPolicy }, { judging }] = await Promise.all([
      import('../../storage/assessment.ts'), import('../../pipelines/assessment/try-policy.ts'), import('../worker/judging.ts')]);
    const proposed = await readPolicy(file);
    return withProduct(context, {}, async ({ db }) =>
      tryPolicy({ db, ...judging, beat: () => context.stop.throwIfAborted() }, (await policyInForce(db, policySeed)).body, proposed));
  },
  print({ looked, changed, changes }, line) {
    line(`${changed.toLocaleString('en')} of ${looked.toLocaleString('en')} current records would be judged otherwise.`);
    for (const one of changes) {
      line(`${String(one.versions).padStart(8)}  ${one.rule.padEnd(36)} ${one.type.padEnd(22)} ${one.purpose.padEnd(9)} ${one.from} → ${one.to}`
        + (one.released > 0 && (one.to === 'hold' || one.to === 'exclude') ? `  (${one.released} released already)` : ''));
    }
  },
});

export const policyPut = verb<object, { id: number; hash: string; changed: boolean }>({
  name: 'policy put',
  summary: 'put a policy in force: for what the next runs touch, and for all that is stored by `reassess`',
  define: (command) => command.argument('<file>', 'the policy, JSON'),
  async run({ args: [file = ''] }, context) {
    const [{ withProduct }, , { policySeed, readPolicy }] = await store();
    const [{ policyInForce }, { changePolicy }] = await Promise.all([import('../../storage/assessment.ts'), import('../product/change-policy.ts')]);
    const policy = await readPolicy(file);
    return withProduct(context, {}, async ({ db }) => {
      await policyInForce(db, policySeed);
      return changePolicy(db, policy, operator());
    });
  },
  print: ({ id, hash, changed }, line) => line(changed
    ? `Policy ${id} (${hash.slice(0, 12)}) is in force. What is stored moves to it by \`assay reassess --source NAME\`, and by the next runs where they touch it.`
    : `Policy ${id} is in force already, and says the same.`),
});

export const policyProposals = verb<object, readonly Proposal[]>({
  name: 'policy proposals',
  summary: 'changes of the policy that wait for another person: rules that people found wrong too often',
  async run(_, context) {
    const [{ withProduct }, { proposals }] = await store();
    return withProduct(context, {}, ({ db }) => proposals(db, 100));
  },
  print(found, line) {
    if (found.length === 0) line('Nothing is proposed.');
    for (const one of found) line(`${one.id.padStart(5)}  ${one.state.padEnd(9)} ${(one.rule ?? '').padEnd(32)} ${one.because} (${one.by}, ${one.at.toISOString()})`);
  },
});

const settle = (name: string, summary: string, accepted: boolean) => verb<object, Proposal>({
  name, summary,
  define: (command) => command.argument('<id>', 'the proposal, as `policy proposals` shows it'),
  async run({ args: [id = ''] }, context) {
    const [{ withProduct }] = await store();
    const { settleProposal } = await import('../product/change-policy.ts');
    return withProduct(context, {}, ({ db }) => settleProposal(db, id, accepted, operator()));
  },
  print: (one, line) => line(one.state === 'open' ? `Proposal ${one.id} has your word. Nobody proposed it but the program, so another person accepts it too.`
    : `Proposal ${one.id} is ${accepted ? 'accepted: its policy is in force' : 'refused: the policy stays'}.`),
});
export const policyAccept = settle('policy accept', 'put a proposed policy in force; not by who proposed it', true);
export const policyRefuse = settle('policy refuse', 'leave the policy as it is', false);

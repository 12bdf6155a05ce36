import { appendEvent } from '../../ledger/append.ts';
import { coveredRows } from '../../ledger/covered-rows.ts';
import { policyInForce } from '../../storage/assessment.ts';
import { hasEvent } from '../../storage/events.ts';
import type { Database, Tx } from '../../storage/connect.ts';
import { closeEmptied } from '../../storage/exceptions.ts';
import { closeProposal, lockProposal, proposalBecame, proposeByHand, putPolicy, seconded, type Proposal } from '../../storage/policies.ts';
import type { Signature } from '../../terms/decision.ts';
import { AssayError } from '../../terms/errors.ts';
import { PROPOSED_BY_ITSELF, type Policy } from '../../terms/policy.ts';
import { fittingPolicy } from '../policy-file.ts';

type Put = { id: number; hash: string; changed: boolean };

/** The policy is in force, with its event. */
export const changePolicy = (db: Database, policy: Policy, by: string): Promise<Put> => db.transaction((tx) => put(tx, policy, by));

/** Before anything is judged: the seed is in force where no policy is, with its event. */
export const seedPolicy = (db: Database, seed: Policy): Promise<void> => db.transaction(async (tx) => {
  await tx.query('lock table policy in share row exclusive mode');
  const { id } = await policyInForce(tx, seed);
  if (!await hasEvent(tx, 'policy-changed')) await appendEvent(tx, 'policy-changed', { policy: id, by: 'seed' }, await coveredRows(tx, 'policy', [id]));
});

async function put(tx: Tx, policy: Policy, by: string, proposal: string | null = null): Promise<Put> {
  const made = await putPolicy(tx, policy, by);
  if (made.changed) await appendEvent(tx, 'policy-changed', { policy: made.id, hash: made.hash, by, proposal }, await coveredRows(tx, 'policy', [made.id]));
  return made;
}

/**
 * What a person would put in force; a worker tries it, another person decides.
 * @returns the proposal's id
 * @throws AssayError ASSAY_POLICY_INVALID
 */
export const proposePolicy = (db: Database, body: unknown, because: string, by: string): Promise<string> =>
  db.transaction((tx) => proposeByHand(tx, { body: fittingPolicy(body), because, by }));

/**
 * A second person accepts or refuses a proposal; who made it may take it back. Of what fhir-assay itself proposed, two people are for it, the
 * first of whom only says so, with an event of his own.
 * @throws AssayError ASSAY_PROPOSAL_UNKNOWN, ASSAY_PROPOSAL_CLOSED, ASSAY_PROPOSAL_SECOND_PERSON
 */
export function settleProposal(db: Database, id: string, accepted: boolean, by: string, signature?: Signature): Promise<Proposal> {
  return db.transaction(async (tx) => {
    const proposal = /^\d{1,18}$/.test(id) ? await lockProposal(tx, id) : undefined;
    if (proposal === undefined) throw new AssayError('ASSAY_PROPOSAL_UNKNOWN');
    if (proposal.state !== 'open') throw new AssayError('ASSAY_PROPOSAL_CLOSED', proposal.state);
    if (accepted && (proposal.by === by || proposal.firstBy === by)) throw new AssayError('ASSAY_PROPOSAL_SECOND_PERSON');
    // What no person proposed needs two who are for it.
    if (accepted && proposal.by === PROPOSED_BY_ITSELF && proposal.firstBy === null) {
      await seconded(tx, id, by, signature);
      await appendEvent(tx, 'policy-changed', { proposal: id, what: 'first-of-two', by, signed: signature !== undefined });
      return { ...proposal, firstBy: by };
    }
    await closeProposal(tx, id, accepted ? 'accepted' : 'refused', by, signature);
    if (proposal.exception !== null) await closeEmptied(tx, [proposal.exception], 'decided');
    if (accepted) await proposalBecame(tx, id, (await put(tx, proposal.body, by, id)).id);
    return { ...proposal, state: accepted ? 'accepted' : 'refused' };
  });
}

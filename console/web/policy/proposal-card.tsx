import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { signInAddress, useMe } from '../requests/me.ts';
import { useProposals, type Policy, type Proposal } from '../requests/policy.ts';
import { signature } from '../requests/signing.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { PROGRAM } from '../words/actor-words.ts';
import { differences } from './policy-difference.ts';
import { TrialTable } from './trial-table.tsx';

type Props = { proposal: Proposal; inForce: Policy; titleOf: (rule: string) => string; nameOf: (subject: string) => string };

/** What is proposed, what it would change, and who decides: another governor, with a signature, or two where no person proposed it. */
export function ProposalCard({ proposal, inForce, titleOf, nameOf }: Props) {
  const { data: me } = useMe();
  const { accept, refuse } = useProposals();
  const [failed, setFailed] = useState<Error | null>(null);
  const governs = me?.person != null && me.roles.includes('governor');
  const own = me?.person === proposal.by;
  const { first } = proposal;
  const isFirst = first !== null && first.by === me?.person;
  /** What no person proposed needs two who are for it. */
  const begins = proposal.by === PROGRAM && first === null;
  const sign = async (): Promise<void> => {
    setFailed(null);
    if (me === undefined) return;
    try {
      const signed = await signature(me, begins ? 'I am for this change of the policy.' : 'I put this policy in force.');
      if (signed === undefined) location.assign(signInAddress('/policy', true));
      else await accept.mutateAsync({ id: proposal.id, signature: signed });
    } catch (error) {
      setFailed(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <section className="card" aria-labelledby={`proposal-${proposal.id}`}>
      <Title order={2} id={`proposal-${proposal.id}`}>Proposed by {nameOf(proposal.by)}, <Time at={proposal.at} /></Title>
      <q>{proposal.because}</q>
      <ul>{differences(inForce, proposal.body as Policy, titleOf).map((line) => <li key={line}>{line}</li>)}</ul>
      {proposal.trial === null ? <p role="status">Being tried against everything that is stored …</p> : <TrialTable trial={proposal.trial} titleOf={titleOf} />}
      {first !== null && <p>{isFirst ? 'You are for it' : first.by === null ? 'A governor is for it, whose name is shown once another has spoken' : `${nameOf(first.by)} is for it`}{first.at !== null && <>, <Time at={first.at} /></>}.</p>}
      {[failed, refuse.error].map((error, at) => error !== null && <ProblemNote key={at} error={error} />)}
      {governs && (
        <Group mt="sm">
          {!own && !isFirst && <Button disabled={proposal.trial === null} loading={accept.isPending} onClick={() => void sign()}>{begins ? 'Sign that you are for it' : 'Sign and put it in force'}</Button>}
          <Button variant="default" loading={refuse.isPending} onClick={() => refuse.mutate(proposal.id)}>{own ? 'Take it back' : 'Leave the policy as it is'}</Button>
          {(own || isFirst) && <span>Another governor puts it in force.</span>}
          {begins && <span>Nobody proposed it but the program: two governors have to be for it.</span>}
        </Group>
      )}
    </section>
  );
}

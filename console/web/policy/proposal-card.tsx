import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { signInAddress, useMe } from '../requests/me.ts';
import { useProposals, type Policy, type Proposal } from '../requests/policy.ts';
import { signature } from '../requests/signing.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { differences } from './policy-difference.ts';
import { TrialTable } from './trial-table.tsx';

type Props = { proposal: Proposal; inForce: Policy; titleOf: (rule: string) => string; nameOf: (subject: string) => string };

/** What is proposed, what it would change, and who decides: another governor, with a signature. */
export function ProposalCard({ proposal, inForce, titleOf, nameOf }: Props) {
  const { data: me } = useMe();
  const { accept, refuse } = useProposals();
  const [failed, setFailed] = useState<Error | null>(null);
  const governs = me?.person != null && me.roles.includes('governor');
  const own = me?.person === proposal.by;
  const sign = async (): Promise<void> => {
    setFailed(null);
    if (me === undefined) return;
    try {
      const signed = await signature(me, 'I put this policy in force.');
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
      {[failed, refuse.error].map((error, at) => error !== null && <ProblemNote key={at} error={error} />)}
      {governs && (
        <Group mt="sm">
          {!own && <Button disabled={proposal.trial === null} loading={accept.isPending} onClick={() => void sign()}>Sign and put it in force</Button>}
          <Button variant="default" loading={refuse.isPending} onClick={() => refuse.mutate(proposal.id)}>{own ? 'Take it back' : 'Leave the policy as it is'}</Button>
          {own && <span>Another governor puts it in force.</span>}
        </Group>
      )}
    </section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Policies, Proposed } from '../../api/shapes/standing.ts';
import type { Policy, PolicyRule } from '../../../terms/policy.ts';
import { ask } from './ask.ts';
import type { SignatureGiven } from './signing.ts';

export type { Policy, PolicyRule };
export type Proposal = Static<typeof Policies>['proposals'][number];

/** A proposal that no worker has tried yet is asked after each second. */
export const usePolicy = () => useQuery({
  queryKey: ['policy'], queryFn: ({ signal }) => ask<Static<typeof Policies>>('/api/policy', { signal }),
  refetchInterval: ({ state }) => state.data?.proposals.some(({ trial }) => trial === null) === true ? 1_000 : 15_000,
});

export function useProposals() {
  const queries = useQueryClient();
  const onSettled = () => Promise.all([['policy'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })));
  return {
    propose: useMutation({ mutationFn: (given: { body: Policy; because: string }) => ask<Static<typeof Proposed>>('/api/policy/proposals', { method: 'POST', body: given }), onSettled }),
    accept: useMutation({ mutationFn: ({ id, signature }: { id: string; signature: SignatureGiven }) => ask(`/api/policy/proposals/${id}/accept`, { method: 'POST', body: { signature } }), onSettled }),
    refuse: useMutation({ mutationFn: (id: string) => ask(`/api/policy/proposals/${id}/refuse`, { method: 'POST' }), onSettled }),
  };
}

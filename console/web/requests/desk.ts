import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Delegations, Notices } from '../../api/shapes/people.ts';
import type { Mine } from '../../api/shapes/quality.ts';
import { ask } from './ask.ts';

export const useNotices = () => useQuery({ queryKey: ['notices'], queryFn: ({ signal }) => ask<Static<typeof Notices>>('/api/notices', { signal }), refetchInterval: 30_000 });
export function useSeeNotices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => ask('/api/notices/seen', { method: 'POST', body: { ids } }),
    onSettled: () => Promise.all([['notices'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export const useDelegations = () => useQuery({ queryKey: ['delegations'], queryFn: ({ signal }) => ask<Static<typeof Delegations>>('/api/delegations', { signal }) });
export function useDelegate() {
  const queries = useQueryClient();
  const settled = () => queries.invalidateQueries({ queryKey: ['delegations'] });
  return {
    begin: useMutation({ mutationFn: (given: { delegate: string; fromDay: string; untilDay: string }) => ask('/api/delegations', { method: 'POST', body: given }), onSettled: settled }),
    end: useMutation({ mutationFn: (id: string) => ask(`/api/delegations/${id}`, { method: 'DELETE' }), onSettled: settled }),
  };
}

/** Everything that was refused for its facility is asked again. */
export function useBreakGlass() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (asked: { exception: string; reason: string }) => ask('/api/break-the-glass', { method: 'POST', body: asked }), onSuccess: () => queries.invalidateQueries() });
}

/** @param person whom the reader leads; absent: the reader */
export const useWork = (person: string | undefined, wanted = true) => useQuery({
  queryKey: ['mine', person], enabled: wanted, queryFn: ({ signal }) => ask<Static<typeof Mine>>('/api/quality/mine', { signal, query: { person } }),
});

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunStarted, Sources } from '../../api/shapes/sources.ts';
import { ask } from './ask.ts';

const LIVE_MS = 1_000;
const CALM_MS = 10_000;

/** @param expecting a run was asked for and its row is still to come */
export const useSources = (expecting = false) => useQuery({
  queryKey: ['sources'],
  queryFn: ({ signal }) => ask<Sources>('/api/sources', { signal }),
  refetchInterval: (query) => expecting || query.state.data?.sources.some((source) => source.lastRun?.state === 'running') ? LIVE_MS : CALM_MS,
});

export function useStartRun() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (source: string) => ask<RunStarted>(`/api/sources/${encodeURIComponent(source)}/runs`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sources'] }),
  });
}

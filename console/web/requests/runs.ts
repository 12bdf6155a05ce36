import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RunDetail, Runs } from '../../api/shapes/runs.ts';
import { ask } from './ask.ts';

export const useRuns = (source: string | undefined) => useInfiniteQuery({
  queryKey: ['runs', source],
  queryFn: ({ signal, pageParam }) => ask<Runs>('/api/runs', { signal, query: { source, before: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: (query) => query.state.data?.pages.some((page) => page.runs.some((run) => run.state === 'running')) ? 2_000 : 15_000,
});

/** A run that is going is asked for each second. */
export const useRun = (id: string) => useQuery({
  queryKey: ['run', id],
  queryFn: ({ signal }) => ask<RunDetail>(`/api/runs/${id}`, { signal }),
  refetchInterval: (query) => query.state.data?.state === 'running' ? 1_000 : false,
});

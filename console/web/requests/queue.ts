import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ExceptionDetail, Exceptions, QueueCounts } from '../../api/shapes/exceptions.ts';
import { ask } from './ask.ts';

export const filterNames = ['source', 'rule', 'priority', 'owner', 'purpose', 'type', 'model', 'assignee', 'turn', 'due', 'age', 'order'] as const;
/** What the queue may be grouped by: a filter of the same name opens one group. */
export const groupings = ['rule', 'priority', 'owner', 'source', 'assignee', 'turn'] as const;
export type Grouping = (typeof groupings)[number];
export type Filter = Readonly<Partial<Record<(typeof filterNames)[number], string | undefined>>>;

export const useQueue = (filter: Filter) => useInfiniteQuery({
  queryKey: ['queue', filter],
  queryFn: ({ signal, pageParam }) => ask<Exceptions>('/api/exceptions', { signal, query: { ...filter, after: pageParam, limit: '100' } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  placeholderData: keepPreviousData,
  // A further page leaves the others as they are: comparing all of them with themselves took longer the more there were.
  structuralSharing: false,
});

export const useQueueCounts = (filter: Filter) => useQuery({
  queryKey: ['queue-counts', filter],
  queryFn: ({ signal }) => ask<QueueCounts>('/api/exceptions/counts', { signal, query: { ...filter, order: undefined } }),
  placeholderData: keepPreviousData,
  refetchInterval: 10_000,
});

export const useCase = (id: string) => useInfiniteQuery({
  queryKey: ['case', id],
  queryFn: ({ signal, pageParam }) => ask<ExceptionDetail>(`/api/exceptions/${id}`, { signal, query: { after: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

import { useQuery } from '@tanstack/react-query';
import type { Feeds } from '../../api/shapes/feeds.ts';
import type { Status } from '../../api/shapes/status.ts';
import { ask } from './ask.ts';

export const useStatus = () => useQuery({
  queryKey: ['status'], queryFn: ({ signal }) => ask<Status>('/api/status', { signal }), refetchInterval: 15_000,
});

export const useFeeds = () => useQuery({
  queryKey: ['feeds'], queryFn: ({ signal }) => ask<Feeds>('/api/feeds', { signal }), refetchInterval: 5_000,
});

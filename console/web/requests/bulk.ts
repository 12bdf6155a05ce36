import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { BulkDone, BulkPreview } from '../../api/shapes/bulk.ts';
import type { SavedViews } from '../../api/shapes/people.ts';
import type { Draft } from '../case/draft.ts';
import { viewOf } from '../case/draft.ts';
import { ask } from './ask.ts';

export type Preview = Static<typeof BulkPreview>;

export const usePreview = () => useMutation({ mutationFn: (exceptions: readonly string[]) => ask<Preview>('/api/bulk/preview', { method: 'POST', body: { exceptions } }) });

export function useDecideTogether() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ bulk, draft }: { bulk: string; draft: Draft }) => {
      const { revision: _revision, scope: _scope, ...view } = viewOf(draft, 1) ?? { revision: 1, scope: 'members' };
      return ask<Static<typeof BulkDone>>('/api/bulk', { method: 'POST', body: { bulk, view } });
    },
    onSettled: () => Promise.all([['queue'], ['queue-counts']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export const useSavedViews = (wanted: boolean) => useQuery({ queryKey: ['saved-views'], enabled: wanted, queryFn: ({ signal }) => ask<Static<typeof SavedViews>>('/api/saved-views', { signal }) });
export function useSaveView() {
  const queries = useQueryClient();
  const settled = () => queries.invalidateQueries({ queryKey: ['saved-views'] });
  return {
    save: useMutation({ mutationFn: (view: { name: string; query: string }) => ask('/api/saved-views', { method: 'PUT', body: view }), onSettled: settled }),
    drop: useMutation({ mutationFn: (id: string) => ask(`/api/saved-views/${id}`, { method: 'DELETE' }), onSettled: settled }),
  };
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Lineage, Oversight, Packet, Released, Rules } from '../../api/shapes/governance.ts';
import type { ItemAnswer, Items, Quality, RecordText, SampleDrawn } from '../../api/shapes/quality.ts';
import { ask } from './ask.ts';

export const useQuality = () => useQuery({ queryKey: ['quality'], queryFn: ({ signal }) => ask<Static<typeof Quality>>('/api/quality', { signal }) });
export const useItems = () => useQuery({ queryKey: ['items'], staleTime: Infinity, refetchOnWindowFocus: false, queryFn: ({ signal }) => ask<Static<typeof Items>>('/api/quality/items', { signal }) });
export const useItemRecord = (item: string, n: number, opened: boolean) => useQuery({
  queryKey: ['item-record', item, n], enabled: opened, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, retry: false,
  queryFn: ({ signal }) => ask<Static<typeof RecordText>>(`/api/quality/items/${item}/records/${n}`, { signal }),
});

export function useTakeItems() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => ask<Static<typeof Items>>('/api/quality/items', { method: 'POST' }), onSuccess: (items) => { queries.setQueryData(['items'], items); } });
}

export function useAnswerItem() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ item, answer }: { item: string; answer: Static<typeof ItemAnswer> }) => ask(`/api/quality/items/${item}`, { method: 'POST', body: answer }),
    onSettled: () => Promise.all([['items'], ['quality'], ['mine']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export function useDrawSample() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { from: string; until: string; seed: string; size: number }) => ask<Static<typeof SampleDrawn>>('/api/quality/samples', { method: 'POST', body }),
    onSettled: () => Promise.all([['items'], ['quality']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export const useRules = () => useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => ask<Static<typeof Rules>>('/api/rules', { signal }) });
export const useOversight = () => useQuery({ queryKey: ['oversight'], queryFn: ({ signal }) => ask<Static<typeof Oversight>>('/api/oversight', { signal }) });
export const useReleased = (model: string) => useQuery({ queryKey: ['released', model], queryFn: ({ signal }) => ask<Static<typeof Released>>('/api/oversight/released', { signal, query: { model } }) });
export function useSuspend() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (model: string) => ask('/api/oversight/suspensions', { method: 'POST', body: { model } }), onSettled: () => queries.invalidateQueries({ queryKey: ['oversight'] }) });
}
export const useLineage = (asked: { source: string; type: string; id: string; compartment: boolean } | undefined) => useQuery({
  queryKey: ['lineage', asked], enabled: asked !== undefined,
  queryFn: ({ signal }) => ask<Static<typeof Lineage>>('/api/lineage', { signal, query: { source: asked?.source, type: asked?.type, id: asked?.id, compartment: asked?.compartment === true ? 'true' : undefined } }),
});
export const usePacket = (id: string) => useQuery({ queryKey: ['packet', id], queryFn: ({ signal }) => ask<Static<typeof Packet>>(`/api/exceptions/${id}/packet`, { signal }) });

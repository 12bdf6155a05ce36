import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Act, Acted } from '../../api/shapes/acts.ts';
import type { Exceptions } from '../../api/shapes/exceptions.ts';
import type { CaseHistory } from '../../api/shapes/history.ts';
import { ask } from './ask.ts';
import type { SignatureGiven } from './signing.ts';

export type History = Static<typeof CaseHistory>;

export const useHistory = (id: string) => useQuery({
  queryKey: ['history', id], queryFn: ({ signal }) => ask<History>(`/api/exceptions/${id}/history`, { signal }),
  // Within the undo window the case changes by itself.
  refetchInterval: ({ state }) => state.data?.decisions.some((one) => !one.settled && one.state !== 'undone') === true ? 1_000 : 15_000,
});

export type ActGiven = { asked: Act; signature?: SignatureGiven | undefined; command: string };

/** One act; tried again under the same command it is the same act. */
export function useAct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ asked, signature, command }: ActGiven) => ask<Static<typeof Acted>>(`/api/exceptions/${id}/acts`, { method: 'POST', body: { command, asked, ...(signature === undefined ? {} : { signature }) } }),
    onSettled: () => Promise.all([['history', id], ['case', id], ['queue'], ['queue-counts'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export type RecordOpened = { version: string; type: string; id: string; text: string };

/** A record's text: asked only when a person opens it, for each opening is on record; not asked again meanwhile. */
export const useRecord = (version: string, exception: string, opened: boolean) => useQuery({
  queryKey: ['record', version, exception], enabled: opened, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, retry: false,
  queryFn: ({ signal }) => ask<RecordOpened>(`/api/versions/${version}/content`, { signal, query: { exception } }),
});

const FILTER = 'assay.queue-address';
/** The queue as the person last saw it: `next` follows it. */
export const rememberQueue = (query: string): void => sessionStorage.setItem(FILTER, query);
export const rememberedQueue = (): string => sessionStorage.getItem(FILTER) ?? '';

/** The case behind this one in the queue as last seen; the first where this one is no longer in it. */
export async function nextCase(id: string, step: 1 | -1): Promise<string | undefined> {
  const query = Object.fromEntries(new URLSearchParams(rememberedQueue()));
  const { exceptions } = await ask<Exceptions>('/api/exceptions', { query: { ...query, limit: '200' } });
  const at = exceptions.findIndex((one) => one.id === id);
  const rest = (step === 1 ? exceptions.slice(at + 1) : exceptions.slice(0, Math.max(0, at)).reverse());
  return rest.find((one) => one.effectAt === null && one.id !== id)?.id;
}

import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Act, Acted } from '../../api/shapes/acts.ts';
import type { ExceptionDetail, Exceptions } from '../../api/shapes/exceptions.ts';
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

/** Records' texts: asked only when a person opens them, for each opening is on record; not asked again meanwhile. */
export const useRecords = (versions: readonly string[], exception: string, opened: boolean) => useQueries({
  queries: versions.map((version) => ({
    queryKey: ['record', version, exception], enabled: opened, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, retry: false,
    queryFn: ({ signal }: { signal: AbortSignal }) => ask<RecordOpened>(`/api/versions/${version}/content`, { signal, query: { exception } }),
  })),
  combine: (records) => ({
    texts: new Map(records.flatMap(({ data }) => data === undefined ? [] : [[data.version, data.text] as const])),
    error: records.find(({ error }) => error !== null)?.error ?? null,
  }),
});

/** Open cases whose records may wait in this one: of its source and team, and of its kind, none being decided. */
export const useMergeable = ({ id, source, owner, reach, retraction }: ExceptionDetail) => useQuery({
  queryKey: ['mergeable', id, source, owner, reach, retraction],
  queryFn: ({ signal }) => ask<Exceptions>('/api/exceptions', { signal, query: { source, owner, limit: '200' } }),
  select: ({ exceptions }) => exceptions.filter((one) => one.id !== id && one.reach === reach && one.retraction === retraction && one.effectAt === null && one.turn !== 'second-person' && one.turn !== 'governor'),
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

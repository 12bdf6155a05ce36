import { useQuery } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Me, People } from '../../api/shapes/people.ts';
import { actorWords } from '../words/actor-words.ts';
import { ask, knowPage } from './ask.ts';

/** Who is signed in. */
export const useMe = () => useQuery({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await ask<Me>('/api/me', { signal });
    knowPage(me.page);
    return me;
  },
  staleTime: 20_000, refetchInterval: 60_000,
});

export const usePeople = (wanted: boolean) => useQuery({
  queryKey: ['people'], queryFn: ({ signal }) => ask<Static<typeof People>>('/api/people', { signal }), enabled: wanted, staleTime: 60_000,
});

/** What people are called; whoever is none of them by what he did it with. */
export function useNames(wanted: boolean): (actor: string) => string {
  const { data } = usePeople(wanted);
  return (actor) => data?.people.find(({ person }) => person === actor)?.name ?? actorWords(actor);
}

/** Where a full sign-in leads; back to where the person was. */
export const signInAddress = (to: string, signing = false): string =>
  `/auth/sign-in?${new URLSearchParams({ to, ...(signing ? { signing: 'true' } : {}) })}`;

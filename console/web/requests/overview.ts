import { useQuery } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { Pictures } from '../../api/shapes/overview.ts';
import type { Scores } from '../../api/shapes/standing.ts';
import { zone } from '../words/time-words.ts';
import { ask } from './ask.ts';

const RUNS = '20';

export const usePictures = () => useQuery({ queryKey: ['pictures'], queryFn: ({ signal }) => ask<Pictures>('/api/overview', { signal, query: { zone } }), refetchInterval: 60_000 });
export const useScores = (source: string) => useQuery({ queryKey: ['scores', source], queryFn: ({ signal }) => ask<Static<typeof Scores>>('/api/scores', { signal, query: { source, runs: RUNS } }), refetchInterval: 60_000 });

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Begun, Certificate, DestructionReach, Reach, Told } from '../../api/shapes/duties.ts';
import { ask } from './ask.ts';

export type Taking = { what: string; named: string; source?: string | undefined };
export type OfPatient = { source: string; patient: string };

/** An act of governance's; the answers on the page are asked for again after it. */
function useDuty<Body extends object, Done>(path: (body: Body) => string, sent: (body: Body) => object = (body) => body) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => ask<Done>(path(body), { method: 'POST', body: sent(body) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['audit'] }),
  });
}
const to = (path: string) => (): string => `/api/audit/${path}`;

export const useReach = () => useMutation({ mutationFn: (taking: Taking) => ask<Reach>('/api/audit/retractions/preview', { method: 'POST', body: taking }) });
export const useTakeBack = () => useDuty<Taking & { because: string; previewed: number }, Begun>(to('retractions'));
export const useAmendment = () => useDuty<OfPatient & { records: string[]; says: string; named: string[] }, Told>(to('amendments'));
export const useAmendmentStep = () => useDuty<{ request: string; step: string; says: string; named: string[] }, Told>(
  ({ request }) => `/api/audit/amendments/${encodeURIComponent(request)}/steps`, ({ request: _, ...answer }) => answer);
export const useHold = () => useDuty<OfPatient & { because: string }, { id: string }>(to('holds'));
export const useLift = () => useDuty<OfPatient, { lifted: number }>(to('holds/lift'));
export const useSchedule = () => useDuty<{ name: string; years: number; because: string }, { id: string }>(to('schedules'));
export const useDestructionReach = () => useMutation({ mutationFn: (of: OfPatient & { schedule: string }) => ask<DestructionReach>('/api/audit/destructions/preview', { method: 'POST', body: of }) });
export const useDestroy = () => useDuty<OfPatient & { schedule: string; because: string }, Certificate>(to('destructions'));
export const useRecipient = () => useDuty<{ consumer: string; legalName: string; address: string; relation: string; purpose: string; legalBasis: string; agreement: string }, undefined>(to('recipients'));
export const useSuspendAccounting = () => useDuty<{ consumer: string; source?: string; patient?: string; because: string; until: string; written: boolean }, { id: string }>(to('suspensions'));

import { useMutation, useQuery } from '@tanstack/react-query';
import type { Answer, AuditState, Proof, ProofAsked } from '../../api/shapes/audit.ts';
import { ask, askFile } from './ask.ts';

export type Asked = Readonly<Record<string, string | undefined>>;

export const useAudit = () => useQuery({ queryKey: ['audit'], queryFn: ({ signal }) => ask<AuditState>('/api/audit', { signal }), refetchInterval: 30_000 });

/** Asked once: each asking about a patient is on record. */
export const useAnswer = (question: string, given: Asked, wanted: boolean) => useQuery({
  queryKey: ['audit', question, given], enabled: wanted, staleTime: Infinity, retry: false,
  queryFn: ({ signal }) => ask<Answer>(`/api/audit/questions/${question}`, { signal, query: given }),
});

export type ProofOf = ProofAsked;
export const useProof = () => useMutation({ mutationFn: (of: ProofOf) => ask<Proof>('/api/audit/proof', { query: of }) });

type OfPatient = { source: string; patient: string };
/** AuditEvents about the patient, as a FHIR Bundle; asking is on record. */
export const useFhir = () => useMutation({ mutationFn: (of: OfPatient) => askFile('/api/audit/fhir', { query: of }) });

/** The export is on record before it is made. */
export const useExport = () => useMutation({ mutationFn: (of: OfPatient) => askFile('/api/audit/export', { method: 'POST', body: of }) });

import { defineQuery, defineUpdate } from '@temporalio/workflow';

/** Phases of a run, in their order; each is entered once its predecessor is complete. */
export type RunPhase = 'extract' | 'land' | 'hydrate' | 'assess' | 'release';

/** What a run may be asked for; ids, types and times only (contract 24). */
export type RunAsked = {
  /** ISO 8601: what changed since; absent: the watermark, or everything. */
  readonly since?: string;
  readonly types?: readonly string[];
  readonly group?: string;
  /** What comes is all there is: what is missing was deleted (contract 5). */
  readonly full?: boolean;
  /** Nothing is pulled: all that is stored is assessed again under the running code (contract 12). */
  readonly reassess?: boolean;
};

export type RunInput = {
  /** Row id of the source. */
  readonly source: number;
  readonly asked?: RunAsked;
  /** Set when continued as new. */
  readonly run?: string;
  readonly phase?: RunPhase;
};

export type RunState = 'running' | 'completed' | 'completed-with-errors' | 'failed' | 'cancelled' | 'held';
export type RunResult = { readonly run: string; readonly state: RunState };

export const runProgress = defineQuery<{ phase: RunPhase; run?: string }>('runProgress');

/** A case that somebody touched, or that is due. `brief`: acts within the workflow’s tasks and ends early; absent in workflows that began before there was that. */
export type CaseInput = { readonly exception: string; readonly brief?: true };
/** A sweep looks this far ahead, and comes this often: what is due later needs no workflow yet. */
export const SWEEP_MS = 60_000;
/** What became of an act: done, or the code of its refusal; and when something is next due for the case (milliseconds; null: nothing). */
export type CaseAnswer = ({ readonly done: true } | { readonly refused: string }) & { readonly waitMs: number | null };
/** Asks for an act by the id of its row (contract 24); the update's own id is the same, so that a second click is the first. */
export const actOnCase = defineUpdate<CaseAnswer, [command: string]>('actOnCase');
/** One workflow a case. */
export const caseWorkflowId = (exception: string): string => `exception-${exception}`;

/** People wait for what is asked of a case: it never stands behind the work of runs. */
export const caseTaskQueue = 'fhir-assay-cases';
/** Runs wait on this one. */
export const taskQueue = 'fhir-assay';
/** One run of a source at a time: the workflow's id is the source's. */
export const runWorkflowId = (source: number): string => `run-of-source-${source}`;

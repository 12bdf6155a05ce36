import type { Client } from '@temporalio/client';
import { errors, type ErrorCode } from '../../terms/errors.ts';
import { runWorkflowId } from '../../workflows/messages.ts';

/** The catalogue's sentences for a code; undefined for what is none of ours. */
export function sentencesOf(code: string): { says: string; doThis: string } | undefined {
  return Object.hasOwn(errors, code) ? errors[code as ErrorCode] : undefined;
}

/** What a run's workflow tries again and again, as a sentence; undefined while all goes well. */
export async function whatKeepsFailing(client: Client, startedBy: string, source: number): Promise<string | undefined> {
  const described = await client.workflow.getHandle(runWorkflowId(source), startedBy).describe().catch(() => undefined);
  for (const { attempt, lastFailure } of described?.raw.pendingActivities ?? []) {
    const says = sentencesOf(lastFailure?.applicationFailureInfo?.type ?? '')?.says;
    if (says !== undefined && (attempt ?? 0) > 1) return `trying again (${attempt}): ${says}`;
  }
  return undefined;
}

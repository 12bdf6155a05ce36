import { workflowInfo } from '@temporalio/workflow';

/** How one item of work ended: for good, or with more of the same item to do. */
export type Step = 'done' | 'more';

/**
 * Works through a list that the store keeps, `width` items at a time: an item that ends makes room
 * for the next. The list is asked again when it ran dry, so what is added meanwhile is done too.
 * @param list ids still to do, at most `limit`, in a stable order
 * The first failure is thrown once what is in flight has ended.
 * @returns false when the history grew long: continue as new and call again
 */
export async function slide(width: number, list: (limit: number) => Promise<string[]>, work: (id: string) => Promise<Step>): Promise<boolean> {
  const inFlight = new Map<string, Promise<void>>();
  const queue: string[] = [];
  let failed: { error: unknown } | undefined;
  for (;;) {
    if (failed !== undefined) {
      await Promise.all(inFlight.values());
      throw failed.error;
    }
    if (workflowInfo().continueAsNewSuggested) {
      await Promise.all(inFlight.values());
      return false;
    }
    if (queue.length === 0) queue.push(...(await list(width * 10)).filter((id) => !inFlight.has(id)));
    while (inFlight.size < width) {
      const id = queue.shift();
      if (id === undefined) break;
      inFlight.set(id, work(id).then(
        (step) => { if (step === 'more') queue.push(id); },
        (error: unknown) => { failed ??= { error }; },
      ).finally(() => inFlight.delete(id)));
    }
    if (inFlight.size === 0) return true;
    await Promise.race(inFlight.values());
  }
}

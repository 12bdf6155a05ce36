import type { TerminologyServer } from '../../packages/terminology-server.ts';
import type { ProfileValidator } from '../../validators/profile/validator.ts';

/** Resources whose questions to a terminology server go together. */
const SIZE = 200;

/**
 * Hands on resources once what they ask of a terminology server is answered: a window of them is validated for its
 * questions, which are sent together. Without a server each goes on at once.
 */
export async function* answered<T>(items: AsyncIterable<T>, bytesOf: (item: T) => Uint8Array, validator: ProfileValidator, profiles: readonly string[],
  server: TerminologyServer | undefined, onOpen: (questions: number) => void): AsyncGenerator<T> {
  if (server === undefined) { yield* items; return; }
  let window: T[] = [];
  async function* flush(): AsyncGenerator<T> {
    for (const item of window) validator.validate(bytesOf(item), { profiles });
    const { open } = await server!.resolve();
    if (open > 0) onOpen(open);
    yield* window;
    window = [];
  }
  for await (const item of items) {
    window.push(item);
    if (window.length === SIZE) yield* flush();
  }
  yield* flush();
}

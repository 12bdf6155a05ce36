import { setImmediate as breath } from 'node:timers/promises';
import type { Query } from './rows.ts';

/** The items of a source; while one is looked at, the next is made. */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]();
  for (let next = items.next(); ;) {
    const { done, value } = await next;
    if (done === true) return;
    next = items.next();
    next.catch(() => {}); // thrown where it is awaited, if it ever is
    yield value;
  }
}

/** Work over many items that lets what was asked meanwhile come in. */
export async function eachWithBreath<T>(items: readonly T[], every: number, work: (item: T) => void): Promise<void> {
  for (const [at, item] of items.entries()) {
    work(item);
    if (at % every === every - 1) await breath();
  }
}

/** A connection answers one statement after the other: each is sent when the one before it was answered. */
export function inTurn(query: Query): Query {
  let before: Promise<unknown> = Promise.resolve();
  return (sql, values) => {
    const answer = before.then(() => query(sql, values)) as ReturnType<Query>;
    before = answer.catch(() => {});
    return answer as never;
  };
}

/** Both at once. Waits until both have ended, so that nothing starts behind the back of who cleans up. @throws what the first threw, else the second */
export async function together<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

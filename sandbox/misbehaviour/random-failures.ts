import { lengthOf, refuse } from '../exchange.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { misbehaviour } from './misbehaviour.ts';

export const randomFailures = misbehaviour({
  name: 'random-failures', seenAt: 'everywhere',
  does: 'A share of requests (not metadata) fails: 429 with Retry-After, 500, or a body that breaks off in the middle.',
  parameters: { share: 0.1, seed: 1, kinds: ['429', '500', 'truncated'], retryAfterSeconds: 1 },
  start({ share, seed, kinds, retryAfterSeconds }) {
    /** One row of numbers for each address: what a request meets does not depend on what else is asked meanwhile. */
    const rows = new Map<string, Random>();
    const rowOf = (asked: string): Random => {
      const row = rows.get(asked) ?? seededRandom(seed, `random-failures ${asked}`);
      rows.set(asked, row);
      return row;
    };
    return {
      after({ kind, method, url }, answer) {
        if (kind === 'metadata') return undefined;
        const random = rowOf(`${method} ${url}`);
        if (random.share() >= share) return undefined;
        switch (kinds[random.below(kinds.length)]) {
          case '429': return refuse(429, 'throttled', 'Too many requests.', { 'retry-after': String(retryAfterSeconds) });
          case '500': return refuse(500, 'exception', 'Something went wrong.');
          default: return { ...answer, cutAfter: Math.max(1, Math.floor(lengthOf(answer.body) / 2)) };
        }
      },
    };
  },
});

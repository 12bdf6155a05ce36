import { lengthOf, refuse } from '../exchange.ts';
import { seededRandom } from '../seeded-random.ts';
import { misbehaviour } from './misbehaviour.ts';

export const randomFailures = misbehaviour({
  name: 'random-failures', seenAt: 'everywhere',
  does: 'A share of requests (not metadata) fails: 429 with Retry-After, 500, or a body that breaks off in the middle.',
  parameters: { share: 0.1, seed: 1, kinds: ['429', '500', 'truncated'], retryAfterSeconds: 1 },
  start({ share, seed, kinds, retryAfterSeconds }) {
    const random = seededRandom(seed, 'random-failures');
    return {
      after({ kind }, answer) {
        if (kind === 'metadata' || random.share() >= share) return undefined;
        switch (kinds[random.below(kinds.length)]) {
          case '429': return refuse(429, 'throttled', 'Too many requests.', { 'retry-after': String(retryAfterSeconds) });
          case '500': return refuse(500, 'exception', 'Something went wrong.');
          default: return { ...answer, cutAfter: Math.max(1, Math.floor(lengthOf(answer.body) / 2)) };
        }
      },
    };
  },
});

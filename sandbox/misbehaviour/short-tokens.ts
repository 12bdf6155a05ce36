import { misbehaviour } from './misbehaviour.ts';

export const shortTokens = misbehaviour({
  name: 'short-tokens', seenAt: 'SMART Backend Services',
  does: 'Tokens issued from now on live so many seconds.',
  parameters: { seconds: 300 },
  start({ seconds }, { tokens }) {
    const before = tokens.lifetimeSeconds;
    tokens.lifetimeSeconds = seconds;
    return { stop: () => void (tokens.lifetimeSeconds = before) };
  },
});

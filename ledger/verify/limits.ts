import type { Checkpoint } from './checkpoint.ts';

/** Up to where a change would have been seen. */
export function limitsOf({ size, checkpoints, remembered, trusted, waiting }: {
  size: number; checkpoints: readonly Checkpoint[]; remembered: readonly Checkpoint[]; trusted: readonly string[]; waiting: number;
}): string[] {
  const signed = Math.max(0, ...checkpoints.map((one) => one.size));
  const anchored = Math.max(0, ...remembered.map((one) => one.size));
  return [
    anchored === 0
      ? 'No checkpoint that is remembered outside the database was given: whoever holds the database and the signing key could have rewritten all of it.'
      : `The first ${anchored} leaves are what was remembered outside the database; a rewriting of the ${size - anchored} after them by whoever holds the database and the signing key would not be seen.`,
    ...(size > signed ? [`${size - signed} leaves are newer than the newest checkpoint and signed by nobody yet.`] : []),
    ...(waiting > 0 ? [`${waiting} events wait to become leaves: a change to them would not be seen.`] : []),
    ...(trusted.length === 0 ? ['No key was given: the log’s own word was taken for which keys are its own.'] : []),
  ];
}

import { checkAnswerProof, type AnswerProof, type ProofVerdict } from './answer-proof.ts';
import { collectTroubles, type Report } from './trouble.ts';

/** A proof as `audit proof` and the page write it is JSON; an export is a tar archive. */
export const isProofFile = (bytes: Buffer): boolean => bytes[0] === 0x7b;

const NO_KEY = 'What the proof says fits together, but no key was given, so that nobody knows who made this: whoever can write a file could have made up all of it. '
  + 'Give the key that you trust with --key.';

/** Verifies the proof of an answer alone. @param trusted verifier keys; a proof brings none of its own */
export function verifyProofFile(bytes: Buffer, trusted: readonly string[]): Report {
  const troubles = collectTroubles();
  const verdict = readProof(bytes, trusted);
  for (const says of verdict.troubles) troubles.add({ kind: 'chain-changed', says });
  return {
    origin: verdict.origin, size: verdict.size, root: '', troubles: troubles.list, troubleCount: troubles.count, looked: { links: verdict.links },
    limits: [`It is as things stood when the log had ${verdict.size} leaves.`],
    ...(trusted.length === 0 && troubles.count === 0 ? { unproved: NO_KEY } : {}),
  };
}

function readProof(bytes: Buffer, trusted: readonly string[]): ProofVerdict {
  try {
    return checkAnswerProof(JSON.parse(bytes.toString('utf8')) as AnswerProof, trusted);
  } catch {
    return { troubles: ['The proof cannot be read.'], links: 0, size: 0, origin: '' };
  }
}

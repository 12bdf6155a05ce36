import { AssayError } from '../../terms/errors.ts';
import { isSignedBy, parseNote, parseVerifierKey } from '../verify/note.ts';
import type { Anchor } from './anchor.ts';

export type WitnessSettings = {
  /** The submission prefix. */
  readonly url: string;
  /** The witness's verifier key; signatures of others are left out. */
  readonly key: string;
};

/**
 * A witness that cosigns checkpoints it finds consistent with those it saw before: C2SP tlog-witness.
 * https://c2sp.org/tlog-witness
 * @throws AssayError ASSAY_LEDGER_WITNESS when it does not answer, or refuses
 */
export function witness({ url, key }: WitnessSettings): Anchor {
  const known = parseVerifierKey(key);
  if (known === undefined) throw new AssayError('ASSAY_LEDGER_WITNESS', 'its verifier key is none');
  let seen = 0;
  const post = async (note: string, older: number, proof: readonly Buffer[]): Promise<Response> =>
    fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST', signal: AbortSignal.timeout(10_000),
      body: `old ${older}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`,
    }).catch((cause: unknown) => { throw new AssayError('ASSAY_LEDGER_WITNESS', 'no answer', { cause }); });
  return {
    name: `witness ${known.name}`,
    newest: async () => undefined,
    async put({ note, size }, prove) {
      let answer = await post(note, seen, await prove(seen));
      if (answer.status === 409) {
        seen = Number((await answer.text()).trim());
        if (!Number.isInteger(seen) || seen > size) throw new AssayError('ASSAY_LEDGER_WITNESS', `it has seen ${seen}, we are at ${size}`);
        answer = await post(note, seen, await prove(seen));
      }
      const lines = await answer.text();
      if (!answer.ok) throw new AssayError('ASSAY_LEDGER_WITNESS', `HTTP ${answer.status}`);
      const mine = lines.split('\n').filter((line) => line.startsWith(`— ${known.name} `)).map((line) => `${line}\n`).join('');
      const signed = parseNote(`${note}${mine}`);
      if (signed === undefined || !isSignedBy(signed, known)) throw new AssayError('ASSAY_LEDGER_WITNESS', 'its signature does not fit');
      seen = size;
      return mine;
    },
  };
}

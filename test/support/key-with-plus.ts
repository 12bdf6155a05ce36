import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** An Ed25519 key with a plus in its base64, as every second has: in a verifier key the plus also divides name, id and key. */
export function keyWithPlus(): KeyObject {
  for (;;) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    if (Buffer.concat([Uint8Array.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]).toString('base64').includes('+')) return privateKey;
  }
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ValueError, type Payload, type PayloadCodec } from '@temporalio/common';
import protos from '@temporalio/proto';

const ENCODING = Buffer.from('binary/encrypted');
const NONCE = 12;
const TAG = 16;

/**
 * Encrypts every payload with AES-256-GCM (NIST SP 800-38D), a random 96-bit nonce each: what
 * Temporal stores and shows tells nothing without the key.
 * @param key 32 bytes
 */
export function payloadCodec(key: Buffer): PayloadCodec {
  if (key.length !== 32) throw new ValueError('the payload key must be 32 bytes');
  return {
    encode: async (payloads) => payloads.map((payload) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(protos.temporal.api.common.v1.Payload.encode(payload).finish()), cipher.final()]);
      return { metadata: { encoding: ENCODING }, data: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    }),
    decode: async (payloads) => payloads.map((payload) => {
      if (!isEncrypted(payload)) return payload;
      const data = Buffer.from(payload.data);
      const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE));
      decipher.setAuthTag(data.subarray(NONCE, NONCE + TAG));
      return protos.temporal.api.common.v1.Payload.decode(Buffer.concat([decipher.update(data.subarray(NONCE + TAG)), decipher.final()]));
    }),
  };
}

const isEncrypted = (payload: Payload): payload is Payload & { data: Uint8Array } =>
  payload.data != null && payload.metadata?.['encoding'] !== undefined && ENCODING.equals(payload.metadata['encoding']);

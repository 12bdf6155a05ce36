import { randomBytes } from 'node:crypto';

/** What a record carries: the same value and headers may be in several. */
export type Payload = { readonly value: Buffer | null; readonly headers: Readonly<Record<string, string>> };

/** A stand-in's value: a mark of this process and a number. Its length before it and the count of its headers behind it take a byte each. */
const MARK = randomBytes(12);
const STAND_IN_BYTES = 1 + MARK.length + 4 + 1;
const standing = new Map<number, Payload>();
let numbers = 0;

/** Values that stand for the payloads until `done`. */
export function standIns(payloads: readonly Payload[]): { values: Buffer[]; done: () => void } {
  const first = numbers;
  const values = payloads.map((payload) => {
    const value = Buffer.concat([MARK, Buffer.alloc(4)]);
    value.writeUInt32BE(numbers % 2 ** 32, MARK.length);
    standing.set(numbers++ % 2 ** 32, payload);
    return value;
  });
  return { values, done() { for (let at = 0; at < values.length; at++) standing.delete((first + at) % 2 ** 32); } };
}

/**
 * Records with payloads in place of what stands for them; others stay as they are. kafkajs makes a zero-filled encoder for each
 * header of each record, which was half of what publishing took: so it is given keys and stand-ins, and its compression, which is
 * ours, puts in the rest. Record of message format 2: https://kafka.apache.org/documentation/#record
 */
export function fillIn(records: Buffer): Buffer {
  const frames: { before: Buffer; filled?: { value: Buffer | null; headers: Buffer }; length: number }[] = [];
  const encoded = new Map<Payload['headers'], Buffer>();
  let size = 0;
  for (let at = 0; at < records.length;) {
    const { value: length, next } = readVarint(records, at);
    const end = next + length;
    at = end;
    const value = Math.max(next, end - STAND_IN_BYTES + 1);
    if (!records.subarray(value, value + MARK.length).equals(MARK)) {
      frames.push({ before: records.subarray(next, end), length });
      size += varintBytes(length) + length;
      continue;
    }
    const payload = standing.get(records.readUInt32BE(value + MARK.length));
    if (payload === undefined) throw new RangeError('a record that stands for nothing any more');
    let headers = encoded.get(payload.headers);
    if (headers === undefined) encoded.set(payload.headers, headers = encodeHeaders(payload.headers));
    const before = records.subarray(next, end - STAND_IN_BYTES);
    const body = before.length + varintBytes(payload.value?.length ?? -1) + (payload.value?.length ?? 0) + headers.length;
    frames.push({ before, filled: { value: payload.value, headers }, length: body });
    size += varintBytes(body) + body;
  }
  const whole = Buffer.allocUnsafe(size);
  let at = 0;
  for (const frame of frames) {
    at = writeVarint(whole, frame.length, at);
    whole.set(frame.before, at);
    at += frame.before.length;
    if (frame.filled === undefined) continue;
    const { value, headers } = frame.filled;
    at = writeVarint(whole, value?.length ?? -1, at);
    if (value !== null) whole.set(value, at);
    at += value?.length ?? 0;
    whole.set(headers, at);
    at += headers.length;
  }
  return whole;
}

function encodeHeaders(headers: Payload['headers']): Buffer {
  const texts = Object.entries(headers).flat();
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const encoded = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + varintBytes(size) + size, varintBytes(texts.length / 2)));
  let at = writeVarint(encoded, texts.length / 2, 0);
  for (const [place, text] of texts.entries()) {
    at = writeVarint(encoded, sizes[place] ?? 0, at);
    at += encoded.write(text, at);
  }
  return encoded;
}

/** Zig-zag varints: https://protobuf.dev/programming-guides/encoding/#signed-ints */
const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;
const varintBytes = (value: number): number => Math.ceil(Math.max(1, 32 - Math.clz32(zigzag(value))) / 7);

function writeVarint(into: Buffer, value: number, at: number): number {
  let left = zigzag(value);
  for (; left > 0x7f; left >>>= 7) into[at++] = left & 0x7f | 0x80;
  into[at++] = left;
  return at;
}

function readVarint(from: Buffer, start: number): { value: number; next: number } {
  let [bits, shift, next] = [0, 0, start];
  for (let more = true; more; shift += 7) {
    const byte = from[next++] ?? 0;
    bits |= (byte & 0x7f) << shift;
    more = (byte & 0x80) !== 0;
  }
  return { value: (bits >>> 1) ^ -(bits & 1), next };
}

import type { ServerResponse } from 'node:http';
import { lengthOf, type Answer } from './exchange.ts';

const batchBytes = 512 * 1024; // fewer, larger writes: lines of 1 kB each would cost a system call apiece

export async function send(response: ServerResponse, answer: Answer, bodyWanted = true) {
  const total = lengthOf(answer.body);
  const { cutAfter = Infinity, lengthOffBy = 0 } = answer;
  if (cutAfter === 0) return void response.destroy();
  response.strictContentLength = false; // a misbehaviour may promise another length
  response.writeHead(answer.status, {
    'content-length': String(total + lengthOffBy), ...(lengthOffBy !== 0 && { connection: 'close' }), ...answer.headers,
  });
  if (!bodyWanted) return void response.end();
  let left = cutAfter;
  for (const batch of batches(answer.body)) {
    const part = batch.length > left ? batch.subarray(0, left) : batch;
    left -= part.length;
    if (!response.write(part) && !(await drained(response))) return;
    if (left <= 0) break;
  }
  if (cutAfter >= total && lengthOffBy <= 0) response.end();
  else response.write('', () => response.destroy()); // broken off, or fewer bytes than promised
}

function* batches(pieces: readonly Buffer[]): Generator<Buffer> {
  let batch: Buffer[] = [];
  let size = 0;
  for (const piece of pieces) {
    batch.push(piece);
    size += piece.length;
    if (size < batchBytes) continue;
    yield batch.length === 1 ? piece : Buffer.concat(batch, size);
    [batch, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(batch, size);
}

/** Waits for the socket; false when the client went away. */
const drained = (response: ServerResponse) =>
  new Promise<boolean>((resolve) => {
    const settle = (open: boolean) => {
      response.off('drain', onDrain).off('close', onClose);
      resolve(open);
    };
    const onDrain = () => settle(true);
    const onClose = () => settle(false);
    response.on('drain', onDrain).on('close', onClose);
  });

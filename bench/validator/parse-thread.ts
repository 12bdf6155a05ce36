/** A thread of machine-ceiling.ts: asked with a number of passes, it parses the lines so often and answers with the milliseconds. */
import { parentPort, workerData } from 'node:worker_threads';

const lines = (workerData as { readonly lines: readonly Uint8Array[] }).lines.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

parentPort?.on('message', (passes: number) => {
  const began = performance.now();
  for (let i = 0; i < passes; i++) for (const bytes of lines) JSON.parse(bytes.toString());
  parentPort?.postMessage(performance.now() - began);
});

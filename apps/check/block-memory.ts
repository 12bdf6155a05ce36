/** Bytes of a block where the file has them: some hundred resources, a few milliseconds of work. */
export const blockBytes = 512 * 1024;

/** Memory that blocks are read into. */
export type BlockMemory = {
  take(bytes: number): ArrayBuffer;
  /** Nobody reads it again. */
  giveBack(memory: ArrayBuffer): void;
};

/** Memory used again: of what is fresh the system clears each page when it is first written, which costs two threads a twentieth. What is longer than a block goes at once, not at the next collection. */
export const blockMemory = (): BlockMemory => {
  const free: ArrayBuffer[] = [];
  return {
    take: (bytes) => bytes > blockBytes ? new ArrayBuffer(bytes) : free.pop() ?? new ArrayBuffer(blockBytes),
    giveBack(memory) {
      if (memory.byteLength === blockBytes) free.push(memory);
      else memory.transfer(0);
    },
  };
};

/** For blocks that are kept for as long as anybody has them. */
export const ownMemory: BlockMemory = { take: (bytes) => new ArrayBuffer(bytes), giveBack() {} };

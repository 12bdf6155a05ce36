/** Bytes kept for the next text. */
const kept = 512 * 1024;
/** UTF-16's units take at most so many bytes of UTF-8. */
const perUnit = 3;

/** Text put together as UTF-8, part by part, in memory that is used again: joined as one string first it would take fresh pages each time. */
export type TextMemory = {
  add(text: string): void;
  /** What was added since it was last taken, in memory of its own. */
  take(): Uint8Array<ArrayBuffer>;
};

export const textMemory = (): TextMemory => {
  let held = Buffer.allocUnsafeSlow(kept);
  let size = 0;
  return {
    add(text) {
      const most = size + perUnit * text.length;
      if (most > held.length) {
        const longer = Buffer.allocUnsafeSlow(2 * most);
        held.copy(longer, 0, 0, size);
        held = longer;
      }
      size += held.write(text, size);
    },
    take() {
      const taken = new Uint8Array(held.subarray(0, size)) as Uint8Array<ArrayBuffer>;
      size = 0;
      if (held.length > kept) held = Buffer.allocUnsafeSlow(kept);
      return taken;
    },
  };
};

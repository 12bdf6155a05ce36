/** A set of row ids: they are dense, so a bit each. */
export class IdSet {
  #bits = new Uint8Array(1 << 16);
  size = 0;

  add(id: number): void {
    const at = Math.floor(id / 8);
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(this.#bits.length * 2, at + 1));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const bit = 1 << (id % 8);
    if ((this.#bits[at]! & bit) === 0) this.size++;
    this.#bits[at]! |= bit;
  }

  has(id: number): boolean {
    return ((this.#bits[Math.floor(id / 8)] ?? 0) & (1 << (id % 8))) !== 0;
  }
}

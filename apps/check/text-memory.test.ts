import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textMemory } from './text-memory.ts';

it('gives what was added, as UTF-8, whatever its length; what is taken stays as it was', () => {
  const memory = textMemory();
  const part = fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(0, 1, 1, 1, 100_000)).map(([text, times]) => text.repeat(times));
  let before: [Uint8Array, string] | undefined;
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
    for (const one of parts) memory.add(one);
    const taken = memory.take();
    expect([Buffer.from(taken).equals(Buffer.from(parts.join(''))), taken.buffer.byteLength]).toEqual([true, taken.length]);
    if (before) expect(Buffer.from(before[0]).toString()).toBe(before[1]);
    before = [taken, Buffer.from(taken).toString()];
  }), { numRuns: 200 });
});

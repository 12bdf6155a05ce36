/** Leaves out the first `count` bytes. @param passed told how many of them are still to come */
export async function* passOver(chunks: AsyncIterable<Buffer>, count: number, passed: (left: number) => void = () => {}): AsyncGenerator<Buffer> {
  let left = count;
  passed(left);
  for await (const chunk of chunks) {
    const skip = Math.min(left, chunk.length);
    left -= skip;
    passed(left);
    if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip);
  }
}

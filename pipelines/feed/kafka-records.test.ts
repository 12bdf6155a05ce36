import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillIn, standIns } from './kafka-records.ts';

type Record = { key: Buffer | null; value: Buffer | null; headers: { [name: string]: Buffer } };
/** kafkajs's own way of writing and reading records. */
const kafkajs = createRequire(import.meta.url);
const write = kafkajs('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => { buffer: Buffer };
const Decoder = kafkajs('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => { offset: number; readVarIntBytes(): Buffer };
const read = kafkajs('kafkajs/src/protocol/recordBatch/record/v0/decoder') as (decoder: object, batch: object) => Record;

function readAll(bytes: Buffer): Record[] {
  const decoder = new Decoder(bytes);
  const records: Record[] = [];
  while (decoder.offset < bytes.length) records.push(read(new Decoder(decoder.readVarIntBytes()), { firstOffset: '0', firstTimestamp: '0', magicByte: 2 }));
  return records;
}

const text = fc.string({ unit: 'grapheme', maxLength: 90 });
const payload = fc.record({
  key: text, timestampDelta: fc.nat({ max: 2 ** 30 }),
  value: fc.option(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))),
  headers: fc.dictionary(text.map((name) => `h-${name}`), text, { maxKeys: 14 }),
});

test('records read back with the value and headers that their stand-ins stood for, among others that stand for nothing', () => {
  fc.assert(fc.property(fc.array(payload, { maxLength: 80 }), text, (payloads, other) => {
    const { values, done } = standIns(payloads);
    const written = payloads.map(({ key, timestampDelta }, place) => write({ key, value: values[place], offsetDelta: place, timestampDelta }).buffer);
    const records = readAll(fillIn(Buffer.concat([...written, write({ key: 'k', value: other, headers: { a: other } }).buffer])));
    done();
    expect(records.slice(0, -1).map(({ key, value, headers }) => ({ key: `${key}`, value, headers: Object.entries(headers).map(([name, of]) => [name, `${of}`]) })))
      .toEqual(payloads.map(({ key, value, headers }) => ({ key, value, headers: Object.entries(headers) })));
    expect(records.at(-1)).toMatchObject({ value: Buffer.from(other), headers: { a: Buffer.from(other) } });
  }));
});

test('what stood for something once is refused', () => {
  const { values, done } = standIns([{ value: null, headers: {} }]);
  const record = write({ key: 'k', value: values[0] }).buffer;
  done();
  expect(() => fillIn(record)).toThrow(RangeError);
});

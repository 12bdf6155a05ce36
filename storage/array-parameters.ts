/**
 * Lists as parameters in PostgreSQL's binary form of arrays (array_recv; https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES):
 * pg sends a Buffer as it is, where it would write a list as text, escape by escape, for the server to read again. The statement
 * says the type (`$1::bigint[]`), and it must be the same as here.
 */
const HEADER = 20;
const oids = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, timestamptz: 1184 } as const;

/** A value's bytes after its length: how many, and how they are written at an offset. */
type Form<T> = { readonly oid: number; readonly bytes: (value: T) => number; readonly write: (into: Buffer, value: T, at: number) => void };

function array<T>({ oid, bytes, write }: Form<T>, values: readonly (T | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : bytes(value)));
  const into = Buffer.allocUnsafe(HEADER + sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), 0));
  // Dimensions, whether there are nulls, the elements' type; the one dimension's length and lower bound. Without elements there is no dimension.
  into.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  into.writeInt32BE(sizes.includes(-1) ? 1 : 0, 4);
  into.writeInt32BE(oid, 8);
  if (values.length === 0) return into.subarray(0, 12);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  let at = HEADER;
  for (const [place, value] of values.entries()) {
    const size = sizes[place] ?? -1;
    into.writeInt32BE(size, at);
    at += 4;
    if (value === null) continue;
    write(into, value, at);
    at += size;
  }
  return into;
}

const text: Form<string> = { oid: oids.text, bytes: (value) => Buffer.byteLength(value), write: (into, value, at) => { into.write(value, at); } };
const int8: Form<string | number> = { oid: oids.int8, bytes: () => 8, write: (into, value, at) => writeBigint(into, value, at) };
const int4: Form<number> = { oid: oids.int4, bytes: () => 4, write: (into, value, at) => { into.writeInt32BE(value, at); } };
const int2: Form<number> = { oid: oids.int2, bytes: () => 2, write: (into, value, at) => { into.writeInt16BE(value, at); } };
const bool: Form<boolean> = { oid: oids.bool, bytes: () => 1, write: (into, value, at) => { into[at] = value ? 1 : 0; } };
const bytea: Form<Uint8Array> = { oid: oids.bytea, bytes: (value) => value.length, write: (into, value, at) => { into.set(value, at); } };
/** Microseconds since 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const timestamptz: Form<Date> = { oid: oids.timestamptz, bytes: () => 8, write: (into, value, at) => writeBigint(into, (value.getTime() - EPOCH_MS) * 1_000, at) };

function writeBigint(into: Buffer, value: string | number, at: number): void {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) return void into.writeBigInt64BE(BigInt(value), at);
  into.writeInt32BE(Math.floor(number / 2 ** 32), at);
  into.writeUInt32BE(number >>> 0, at + 4);
}

/** bigint[]; ids are decimal text. */
export const bigints = (values: readonly (string | number | null)[]): Buffer => array(int8, values);
/** integer[] */
export const integers = (values: readonly (number | null)[]): Buffer => array(int4, values);
/** smallint[] */
export const smallints = (values: readonly (number | null)[]): Buffer => array(int2, values);
/** boolean[] */
export const booleans = (values: readonly (boolean | null)[]): Buffer => array(bool, values);
/** text[] */
export const texts = (values: readonly (string | null)[]): Buffer => array(text, values);
/** bytea[] */
export const byteStrings = (values: readonly (Uint8Array | null)[]): Buffer => array(bytea, values);
/** timestamptz[] */
export const instants = (values: readonly (Date | null)[]): Buffer => array(timestamptz, values);

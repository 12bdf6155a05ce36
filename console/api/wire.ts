/** A row as JSON carries it: instants as ISO 8601 text. */
export type Wire<T> = T extends Date ? string
  : T extends readonly (infer Item)[] ? Wire<Item>[]
    : T extends object ? { -readonly [Key in keyof T]: Wire<T[Key]> }
      : T;

export function wire<T>(value: T): Wire<T> {
  return plain(value) as Wire<T>;
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

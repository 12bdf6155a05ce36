import { received, store, type Stored } from '../../storage/stored-bytes.ts';
import type { ViewEntry } from '../../terms/patient-view.ts';

type Packed = Omit<ViewEntry, 'fields'> & { readonly stored: Stored };

/** Entries that are kept as they are: nearly every patient has fewer. Those beyond are packed: as objects they take many times the room. */
const open = 5_000;

const pack = ({ fields, ...entry }: ViewEntry): Packed => ({ ...entry, stored: store(Buffer.from(JSON.stringify(fields))) });
const unpack = ({ stored, ...entry }: Packed): ViewEntry => ({ ...entry, fields: JSON.parse(received(stored).toString('utf8')) as ViewEntry['fields'] });

/** The entries of a view while they are read, in any order; then in time order, those without a time first. */
export function collectEntries(): { add(entry: ViewEntry): void; inOrder(): Iterable<ViewEntry> } {
  const kept: (ViewEntry | Packed)[] = [];
  return {
    add(entry) { kept.push(kept.length < open ? entry : pack(entry)); },
    inOrder() {
      kept.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
      return { *[Symbol.iterator]() { for (const one of kept) yield 'stored' in one ? unpack(one) : one; } };
    },
  };
}

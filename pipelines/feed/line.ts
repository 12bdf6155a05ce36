import type { EntryWithBody } from './read.ts';

/** An entry as consumers get it: one JSON text without line breaks. */
export function line({ entry, value }: EntryWithBody): string {
  const withdrawn = entry.kind === 'release' && value === undefined;
  return JSON.stringify({
    sequence: entry.sequence, kind: entry.kind, source: entry.source, type: entry.type, id: entry.id,
    versionId: entry.versionId, hash: entry.hash, ruleSet: entry.ruleSet, verdict: entry.verdict, flags: entry.flags === '' ? [] : entry.flags.split(','),
    ...(entry.about === null ? {} : { about: entry.about }),
    ...(entry.reason === null ? {} : { reason: entry.reason }),
    ...(withdrawn ? { withdrawn } : {}),
    // The exact bytes: only valid UTF-8 lands, so decoding loses nothing.
    ...(value === undefined ? {} : { value: value.toString('utf8') }),
  });
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export const serverSent = (one: EntryWithBody): string => `id: ${one.entry.sequence}\nevent: ${one.entry.kind}\ndata: ${line(one)}\n\n`;

/** Keeps the connection open and moves Last-Event-ID past entries that other feeds got. */
export const heartbeat = (seen: number): string => `: heartbeat\nid: ${seen}\n\n`;

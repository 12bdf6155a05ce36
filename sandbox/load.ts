import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Store } from './store.ts';

const fileName = /^(?<type>[A-Za-z]+)(?:[.-]\d+)*\.ndjson(?<gz>\.gz)?$/; // Observation.ndjson.gz, Observation.2.ndjson
const usualStart = /^\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"\s*,\s*"id"\s*:\s*"([A-Za-z0-9.-]{1,64})"/;

/**
 * Loads folders of NDJSON one behind the other, one Buffer a file and a slice of it a resource; a line is parsed only when its
 * start is unusual or it carries meta.lastUpdated. Lines that are no resource stay loose lines of the file's type.
 * `loadedAt` (ms) is the lastUpdated of what carries none, one millisecond more a line.
 */
export function loadFolders(store: Store, folders: readonly string[], loadedAt: number) {
  let ordinal = 0;
  for (const path of folders.flatMap((folder) => readdirSync(folder).sort().map((name) => join(folder, name)))) {
    const { type: typeOfFile, gz } = fileName.exec(basename(path))?.groups ?? {};
    if (!typeOfFile) continue;
    const stored = readFileSync(path);
    for (const line of lines(gz ? gunzipSync(stored) : stored)) {
      const at = loadedAt + ordinal++;
      const found = identify(line);
      if (found) store.load(found.type, found.id, line, found.lastUpdated ?? at);
      else store.looseLines.push({ type: typeOfFile, lastUpdated: at, bytes: line });
    }
  }
  if (ordinal === 0) throw new Error('The data folder holds no line of any file named TYPE.ndjson or TYPE.ndjson.gz.');
}

function* lines(content: Buffer): Generator<Buffer> {
  let start = 0;
  while (start < content.length) {
    const newline = content.indexOf(0x0a, start);
    const next = newline < 0 ? content.length : newline + 1;
    let end = newline < 0 ? content.length : newline;
    if (content[end - 1] === 0x0d && end > start) end--;
    if (end > start) yield content.subarray(start, end);
    start = next;
  }
}

function identify(line: Buffer): { type: string; id: string; lastUpdated?: number } | undefined {
  const usual = usualStart.exec(line.toString('latin1', 0, 200));
  if (usual?.[1] && usual[2] && !line.includes('"lastUpdated"')) return { type: usual[1], id: usual[2] };
  try {
    const parsed: unknown = JSON.parse(line.toString());
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { resourceType, id, meta } = parsed as { resourceType?: unknown; id?: unknown; meta?: { lastUpdated?: unknown } };
    if (typeof resourceType !== 'string' || typeof id !== 'string') return undefined;
    const lastUpdated = Date.parse(String(meta?.lastUpdated));
    return { type: resourceType, id, ...(Number.isNaN(lastUpdated) ? {} : { lastUpdated }) };
  } catch {
    return undefined;
  }
}

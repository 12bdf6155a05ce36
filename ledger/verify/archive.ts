import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { checkAnswerProof, type AnswerProof } from './answer-proof.ts';
import { isSignedBy, parseNote, parseVerifierKey } from './note.ts';
import { collectTroubles, type Report } from './trouble.ts';

/** The first line of a manifest: no checkpoint begins so, and no manifest passes for one. */
export const MANIFEST_TITLE = 'fhir-assay governance export';

/** Verifies a governance export alone: the signed manifest, every file's hash, and the proof. @param trusted verifier keys; none: the key that lies beside it */
export async function verifyArchive(bytes: Buffer, trusted: readonly string[]): Promise<Report> {
  const troubles = collectTroubles();
  const files = await untar(bytes);
  const named = files.get('key')?.toString('utf8').trim() ?? '';
  const keys = trusted.length > 0 ? trusted : [named];
  const manifest = parseNote(files.get('MANIFEST')?.toString('utf8') ?? '');
  const [title, origin = '', , ...lines] = manifest?.text.trimEnd().split('\n') ?? [];
  if (manifest === undefined || title !== MANIFEST_TITLE) troubles.add({ kind: 'file-missing', says: 'There is no signed manifest.' });
  else if (!keys.some((key) => { const known = parseVerifierKey(key); return known !== undefined && isSignedBy(manifest, known); })) {
    troubles.add({ kind: 'checkpoint-unsigned', says: 'The manifest is signed by no key that you trust.' });
  }
  const listed = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const [path, sha256] of listed) {
    const file = files.get(path);
    if (file === undefined) troubles.add({ kind: 'file-missing', row: path, says: `${path} is not there.` });
    else if (hash('sha256', file) !== sha256) troubles.add({ kind: 'file-changed', row: path, says: `${path} is not as it was exported.` });
  }
  for (const path of files.keys()) if (path !== 'MANIFEST' && !listed.has(path)) troubles.add({ kind: 'file-changed', row: path, says: `${path} was added.` });
  const verdict = proofIn(files, keys);
  for (const says of verdict.troubles) troubles.add({ kind: 'chain-changed', says });
  return {
    origin, size: verdict.size, root: '', troubles: troubles.list, troubleCount: troubles.count, looked: { files: listed.size, links: verdict.links },
    limits: [
      `It is as things stood when the log had ${verdict.size} leaves.`,
      ...(trusted.length === 0 ? ['No key was given: the key that lies in the export was taken. Compare it with one that you were given before.'] : []),
    ],
  };
}

function proofIn(files: ReadonlyMap<string, Buffer>, keys: readonly string[]): { troubles: readonly string[]; links: number; size: number } {
  try {
    return checkAnswerProof(JSON.parse(files.get('proof.json')?.toString('utf8') ?? '') as AnswerProof, keys);
  } catch {
    return { troubles: ['The proof cannot be read.'], links: 0, size: 0 };
  }
}

async function untar(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reading = Readable.from([bytes]).pipe(extract());
  for await (const entry of reading) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name.replace(/^governance-export\//, ''), Buffer.concat(chunks));
  }
  return files;
}

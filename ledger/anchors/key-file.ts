import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Reads the log's Ed25519 key (PKCS #8, PEM); undefined where there is none. */
export async function readKey(path: string): Promise<KeyObject | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return undefined; throw error; });
  return text === undefined ? undefined : createPrivateKey(text);
}

/** The key of the file; a new one where there was none, readable by its owner alone. */
export const settleKey = async (path: string): Promise<KeyObject> => await readKey(path) ?? writeNewKey(path);

async function writeNewKey(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => { if (error.code === 'EEXIST') return undefined; throw error; });
  if (file === undefined) return settleKey(path); // another process was faster
  try {
    await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await file.sync();
  } finally {
    await file.close();
  }
  return privateKey;
}

/** The new key takes the place of the old one, which is kept beside it. */
export async function replaceKey(path: string, next: string, oldId: string): Promise<void> {
  await rename(path, `${path}.${oldId}`);
  await rename(next, path);
}

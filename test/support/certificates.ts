import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Certificate = { readonly cert: string; readonly key: string; readonly certFile: string; readonly keyFile: string };

/** An authority of the test's own in a folder, and certificates for 127.0.0.1 that it signs; by openssl. */
export async function certificates(folder: string) {
  const make = async (name: string, extra: readonly string[]): Promise<Certificate> => {
    const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile, ...extra]);
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8'), certFile, keyFile };
  };
  const ca = await make('authority', ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=keyCertSign']);
  const signed = (name: string) => make(name, ['-CA', ca.certFile, '-CAkey', ca.keyFile,
    '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE']);
  return { ca, signed, stranger: () => make('stranger', []) };
}

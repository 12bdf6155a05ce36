import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import type { ExportJob } from '../../storage/export-job.ts';
import { poll } from './bulk.ts';
import type { Connection } from './connection.ts';
import { download, type Download } from './download.ts';
import { filesOf } from './manifest.ts';

/** What a file host answers to a link that ran out (storage services: 403). */
const RAN_OUT: ReadonlySet<ErrorCode> = new Set(['ASSAY_SOURCE_FILE_EXPIRED', 'ASSAY_SOURCE_FILE_REFUSED', 'ASSAY_SOURCE_FORBIDDEN']);

/**
 * A download that asks for the manifest once more when the file's link ran out: a server may give new
 * links (http://hl7.org/fhir/uv/bulkdata/ output file request). The file is known by its place there.
 */
export async function* freshDownload(connection: Connection, name: string, job: ExportJob | undefined, asked: Download): AsyncGenerator<Buffer> {
  let { url, from } = asked;
  for (let renewed = false; ; renewed = true) {
    try {
      for await (const chunk of download(connection, { ...asked, url, from })) {
        from += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      const ranOut = error instanceof AssayError && RAN_OUT.has(error.code);
      const fresh = ranOut && !renewed ? await linkNow(connection, name, job).catch(() => undefined) : undefined;
      if (fresh === undefined || fresh === url) throw error;
      url = fresh;
    }
  }
}

async function linkNow(connection: Connection, name: string, job: ExportJob | undefined): Promise<string | undefined> {
  if (job === undefined || job.statusUrl === null) return undefined;
  const now = await poll(connection, job.statusUrl, 0);
  return 'manifest' in now ? filesOf(now.manifest).find((file) => file.name === name)?.url : undefined;
}

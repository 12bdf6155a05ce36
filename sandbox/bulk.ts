import { answerJson, refuse, type Answer, type Asked } from './exchange.ts';
import { readExportAsk } from './export-ask.ts';
import { createJob, isRunning, type ExportFile, type ExportJob } from './export-job.ts';
import type { Server } from './server-parts.ts';

// Bulk Data Access 2.0: https://hl7.org/fhir/uv/bulkdata/STU2/export.html
const fileLifeSeconds = 30 * 24 * 3600;
const newline = Buffer.from('\n');

export function kickOff(server: Server, asked: Asked): Answer {
  const ask = readExportAsk(server, asked);
  if ('status' in ask) return ask;
  const request = server.fhirBase().replace(/\/fhir$/, '') + asked.url;
  const job = createJob(server, asked.client, request, ask);
  return { status: 202, headers: { 'content-location': `${server.fhirBase()}/bulk/${job.id}` }, body: [] };
}

export function status(server: Server, asked: Asked): Answer {
  const job = jobOf(server, asked);
  if (!job) return refuse(404, 'not-found', 'No such export job.');
  const now = Date.now();
  if (isRunning(job)) {
    const percent = Math.min(99, Math.floor((100 * (now - job.started)) / Math.max(1, job.readyAt - job.started)));
    const wait = Math.max(1, Math.ceil((job.readyAt - now) / 1000));
    if (job.pollsToGo > 0 && --job.pollsToGo === 0) job.readyAt = Math.max(job.readyAt, now);
    return { status: 202, headers: { 'x-progress': `${percent}% exported`, 'retry-after': String(wait) }, body: [] };
  }
  return answerJson(200, manifest(server, job), { expires: new Date(job.readyAt + fileLifeSeconds * 1000).toUTCString() });
}

function manifest({ fhirBase, authRequired }: Server, job: ExportJob) {
  const listed = (kind: ExportFile['kind']) =>
    job.files.filter((file) => file.kind === kind).map(({ type, name, lines }) => ({
      type, url: `${fhirBase()}/bulk/${job.id}/${name}`, count: lines.filter((line) => line.length > 0).length,
    }));
  return {
    transactionTime: new Date(job.transactionTime).toISOString(), request: job.request, requiresAccessToken: authRequired,
    output: listed('output'), deleted: listed('deleted'), error: listed('error'),
  };
}

export function cancel(server: Server, asked: Asked): Answer {
  const job = jobOf(server, asked);
  if (!job) return refuse(404, 'not-found', 'No such export job.');
  server.jobs.delete(job.id);
  return { status: 202, headers: {}, body: [] };
}

export function download(server: Server, asked: Asked): Answer {
  const file = jobOf(server, asked)?.files.find(({ name }) => name === asked.path['file']);
  if (!file) return refuse(404, 'not-found', 'No such export file.');
  const body = file.body ? [file.body] : file.lines.flatMap((line) => [line, newline]);
  return {
    status: 200, body,
    headers: { 'content-type': 'application/fhir+ndjson', 'accept-ranges': 'bytes', etag: `"${asked.path['job']}-${file.name}"` },
  };
}

/** Jobs belong to the client that started them. */
function jobOf(server: Server, { path, client }: Asked): ExportJob | undefined {
  const job = server.jobs.get(path['job'] ?? '');
  return job?.client === client ? job : undefined;
}

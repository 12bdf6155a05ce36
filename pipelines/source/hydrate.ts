import { AssayError, errors } from '../../terms/errors.ts';
import type { SourceItem } from '../../terms/resource-version.ts';
import type { Database } from '../../storage/connect.ts';
import { failedRequests, forgetFact, isKnown, planHydration, recordOutcome, referencesToAsk, requestsOf, type Outcome, type Request } from '../../storage/hydration.ts';
import type { FileToOpen } from '../../storage/run-files.ts';
import { asJson, discard, isString, readBody } from './body.ts';
import { bundleSlices } from './bundle-slices.ts';
import type { Connection } from './connection.ts';
import { refusal } from './refusal.ts';
import { typesBrought } from '../../storage/source.ts';
import { fhirBase, type Settings } from './settings.ts';
import { SourceWait } from './source-wait.ts';

/**
 * What a record refers to and exports of patients leave out (Epic: linked Medications, Practitioners,
 * Locations). Without `hydrate` the types that the run itself brings are asked for too: only an answer
 * of the source tells a reference to nothing from one that has not landed.
 */
const LINKED = ['Medication', 'Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Device', 'RelatedPerson', 'CareTeam', 'HealthcareService', 'Endpoint', 'Specimen'];
/** References in one file, and asked for at once. */
const BATCH = 500;
const AT_ONCE = 4;
/** One reference's failures must not cost the batch: it is tried this often in place. */
const TRIES = 5;
const PAUSE_MS = 250;
/** A source that asks for more is left alone so long, by a timer. */
const LONGEST_WAIT_MS = 30_000;

/** Plans the next round, as files of a batch each. @returns how many references it asks for; 0: there is nothing left to ask */
export async function planRound(db: Database, run: string, settings: Settings): Promise<number> {
  const types = settings.hydrate ?? [...new Set([...LINKED, ...await typesBrought(db, run)])];
  if (fhirBase(settings) === undefined || types.length === 0) return 0;
  return db.transaction(async (tx) => {
    // Two calls at once plan one round.
    await tx.query('select from run where id = $1 for update', [run]);
    const references = await referencesToAsk(tx, run, types);
    for (let at = 0; at < references.length; at += BATCH) await planHydration(tx, run, references.slice(at, at + BATCH));
    return references.length;
  });
}

type Fetched = { readonly outcome: Outcome; readonly bytes?: Buffer; readonly resolved?: string };

/**
 * Items of a batch, in its order: what is there. What is not becomes a fact, so that validators need not ask.
 * @throws AssayError ASSAY_SOURCE_REFERENCES_FAILED once all else is had, where the source kept failing at some
 */
export async function* hydratedItems(db: Database, connection: Connection, file: FileToOpen, fromLine: number): AsyncGenerator<SourceItem> {
  const requests = await requestsOf(db, file.file, fromLine);
  const going: { request: Request; fetched: Promise<Fetched> }[] = [];
  let next = 0;
  for (;;) {
    while (going.length < AT_ONCE && next < requests.length) {
      const request = requests[next++];
      if (request === undefined) break;
      const fetched = patiently(connection, request.reference);
      fetched.catch(() => {}); // thrown where it is awaited
      going.push({ request, fetched });
    }
    const first = going.shift();
    if (first === undefined) break;
    const { outcome, bytes, resolved } = await first.fetched;
    await recordOutcome(db, file.file, first.request.line, outcome, resolved);
    if (bytes === undefined) continue;
    await forgetFact(db, file.file, first.request.line);
    // A search may write the same resource in other bytes than the export did: that is no new version.
    if (resolved !== undefined && await isKnown(db, file.source, resolved)) continue;
    yield { line: first.request.line, nextOffset: first.request.line, bytes };
  }
  const failed = await failedRequests(db, file.file);
  if (failed > 0) throw new AssayError('ASSAY_SOURCE_REFERENCES_FAILED', `${failed} reference(s)`);
}

async function patiently(connection: Connection, reference: string): Promise<Fetched> {
  for (let tries = 1; ; tries++) {
    try {
      return await fetch(connection, reference);
    } catch (error) {
      if (!(error instanceof AssayError) || !errors[error.code].retry) throw error;
      const wait = error instanceof SourceWait ? error.waitMs : PAUSE_MS * 2 ** tries;
      // A server that is down or asks for peace does so for all: the activity's retry goes on from here.
      if (wait > LONGEST_WAIT_MS || (tries === TRIES && error.code !== 'ASSAY_SOURCE_SERVER_ERROR')) throw error;
      if (tries === TRIES) return { outcome: 'failed' };
      await connection.http.sleep(wait);
    }
  }
}

async function fetch(connection: Connection, reference: string): Promise<Fetched> {
  const conditional = reference.includes('?');
  const answer = await connection.ask(`${connection.base}/${conditional ? withEncodedQuery(reference) : reference}`);
  const { status } = answer;
  if (status === 404 || status === 410) return ended('absent-at-source');
  if (status !== 200) {
    const error = await refusal(connection.http, answer, { gone: 'ASSAY_SOURCE_FORBIDDEN', refused: 'ASSAY_SOURCE_FORBIDDEN' });
    if (errors[error.code].retry || error.code === 'ASSAY_SOURCE_TOKEN_REFUSED') throw error;
    return { outcome: 'refused' };
  }
  const body = await readBody(answer);
  return conditional ? onlyMatch(body, reference) : { outcome: 'fetched', bytes: body };

  function ended(outcome: Outcome): Fetched {
    discard(answer.body);
    return { outcome };
  }
}

/** A conditional reference means the one resource that its search finds: http://hl7.org/fhir/R4/http.html#trules */
function onlyMatch(body: Buffer, reference: string): Fetched {
  const type = reference.split('?')[0];
  const found = bundleSlices(body)?.entries.flatMap(({ resource }) => (resource === undefined ? [] : [resource]))
    .filter((bytes) => asJson(bytes)?.['resourceType'] === type) ?? [];
  const [only] = found;
  if (only === undefined) return { outcome: 'absent-at-source' };
  if (found.length > 1) return { outcome: 'ambiguous' };
  const id = asJson(only)?.['id'];
  return { outcome: 'fetched', bytes: only, ...(isString(id) ? { resolved: `${type}/${id}` } : {}) };
}

/** In a reference `|` and spaces may stand as they are; in an address they may not. */
function withEncodedQuery(reference: string): string {
  const at = reference.indexOf('?');
  return `${reference.slice(0, at)}?${new URLSearchParams(reference.slice(at + 1)).toString()}`;
}

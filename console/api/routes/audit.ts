import Type from 'typebox';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { archive } from '../../../ledger/archive.ts';
import { allQuestions, answerQuestion, parameters, patientKey, type Given } from '../../../ledger/questions/all-questions.ts';
import { proofOfAnswer } from '../../../ledger/questions/proof-of-answer.ts';
import { sinceWhen, whoseChain } from '../../../ledger/questions/whose-chain.ts';
import { auditEventBundle, provenanceBundle } from '../../../ledger/standards/bundle.ts';
import { checkpointBefore, newestCheckpoint } from '../../../storage/checkpoints.ts';
import { sourceOfEntry } from '../../../storage/feeds.ts';
import { ledgerHead } from '../../../storage/ledger.ts';
import { ledgerKeys } from '../../../storage/ledger-keys.ts';
import { AssayError } from '../../../terms/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { Answer, AuditState, Proof, ProofAsked, QuestionGiven } from '../shapes/audit.ts';
import { problems } from '../shapes/words.ts';
import { facilities } from '../sign-in/guard.ts';

export const auditRoutes = ({ db, appendEvent, ledgerKey }: ApiDeps): FastifyPluginAsyncTypebox => async (app) => {
  /** Whoever may see some facilities only is answered about patients of those alone. */
  async function assertMayAsk(request: FastifyRequest, source: string | undefined): Promise<void> {
    const allowed = await facilities(db, request);
    if (allowed !== null && (source === undefined || !allowed.includes(source))) throw new AssayError('ASSAY_FORBIDDEN_FACILITY');
  }
  const asker = (request: FastifyRequest): string => request.signedIn?.person ?? 'this machine';

  /** An answer about a patient is a view of the record: it is in the patient's chain. */
  async function recordAsking(request: FastifyRequest, kind: 'record-viewed' | 'export-made', asked: string, given: Given): Promise<void> {
    const about = given.source && given.patient ? [await patientKey(db, given.source, given.patient)] : [];
    if (kind === 'record-viewed' && about.length === 0) return;
    await db.transaction((tx) => appendEvent(tx, kind, { by: asker(request), screen: `audit ${asked}` }, [], about));
  }

  app.get('/api/audit', { schema: { tags: ['Audit'], summary: 'How far the ledger is, and the questions', response: { 200: AuditState, ...problems(401, 403) } } }, async () => {
    const [{ origin, size }, checkpoint, keys] = [await ledgerHead(db), await newestCheckpoint(db), await ledgerKeys(db)];
    return {
      origin, size, key: keys.at(-1)?.key ?? null,
      checkpoint: checkpoint === undefined ? null : { size: checkpoint.size, at: checkpoint.at.toISOString(), anchoredAt: checkpoint.anchoredAt?.toISOString() ?? null, note: checkpoint.note },
      questions: allQuestions.map(({ name, asks, needs, takes = [] }) => ({ name, asks, needs: [...needs], takes: [...takes] })), parameters,
    };
  });

  app.get('/api/audit/questions/:question', {
    schema: {
      tags: ['Audit'], summary: 'An answer to a question of governance’s', params: Type.Object({ question: Type.String({ pattern: '^[a-z]{1,20}$' }) }),
      querystring: QuestionGiven, response: { 200: Answer, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const given: Given = request.query;
    await assertMayAsk(request, given.source);
    const { asks, columns, rows, leavesOut } = await answerQuestion(db, request.params.question, given);
    await recordAsking(request, 'record-viewed', request.params.question, given);
    return { asks, columns: { ...columns }, rows: rows.map((row) => ({ ...row })), leavesOut: [...leavesOut] };
  });

  const OfPatient = Type.Object({ source: Type.String({ maxLength: 200 }), patient: Type.String({ minLength: 1, maxLength: 200 }), since: Type.Optional(Type.String({ maxLength: 40 })) }, { additionalProperties: false });
  app.get('/api/audit/proof', {
    schema: {
      tags: ['Audit'], summary: 'The proof that what is answered about a patient (with the source), a consumer or a viewer is complete, and unchanged since a date',
      querystring: ProofAsked, response: { 200: Proof, ...problems(400, 401, 403, 404) },
    },
  }, async (request) => {
    const { since, ...of } = request.query;
    await assertMayAsk(request, of.patient === undefined ? undefined : of.source);
    const date = sinceWhen(since);
    const proof = await proofOfAnswer(db, await whoseChain(db, of), date);
    const older = date === undefined ? undefined : await checkpointBefore(db, date);
    if (of.patient !== undefined) await recordAsking(request, 'record-viewed', 'proof', of);
    return {
      links: proof.chain.links.length, checkpoint: proof.checkpoint, proof: JSON.stringify(proof),
      older: older === undefined ? null : { checkpoint: older.note, size: older.size, at: older.at.toISOString() },
    };
  });

  app.get('/api/audit/fhir', {
    schema: {
      tags: ['Audit'], summary: 'As FHIR: the Provenance of an entry of the feeds, or the AuditEvents about a patient, as a Bundle',
      querystring: Type.Object({ entry: Type.Optional(Type.Integer({ minimum: 1 })), source: Type.Optional(Type.String({ maxLength: 200 })), patient: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }, { additionalProperties: false }),
      response: { 200: { description: 'A FHIR R4 Bundle.', content: { 'application/fhir+json': { schema: Type.Any() } } }, ...problems(400, 401, 403, 404) },
    },
  }, async (request, reply) => {
    const { entry, source, patient } = request.query;
    if ((entry === undefined) === (patient === undefined)) throw new AssayError('ASSAY_QUESTION_PARAMETER', 'entry, or source and patient');
    const asked = entry === undefined ? source : await sourceOfEntry(db, entry);
    await assertMayAsk(request, asked);
    const bundle = patient === undefined ? await provenanceBundle(db, entry ?? 0) : await auditEventBundle(db, await patientKey(db, asked ?? '', patient));
    await recordAsking(request, 'record-viewed', 'fhir', { ...(source === undefined ? {} : { source }), ...(patient === undefined ? {} : { patient }) });
    return reply.type('application/fhir+json').header('cache-control', 'no-store').send(JSON.stringify(bundle));
  });

  app.post('/api/audit/export', {
    schema: { tags: ['Audit'], summary: 'Everything about a patient, with its proof, as one archive that `assay audit verify` checks offline', body: OfPatient,
      response: { 200: Type.Any({ description: 'A tar archive.' }), ...problems(400, 401, 403, 404) } },
  }, async (request, reply) => {
    const { source, patient } = request.body;
    await assertMayAsk(request, source);
    await recordAsking(request, 'export-made', 'export', { source, patient });
    const bytes = await archive(db, { source, patient, by: asker(request), at: new Date() }, await ledgerKey());
    return reply.type('application/x-tar').header('content-disposition', 'attachment; filename="governance-export.tar"').header('cache-control', 'no-store').send(bytes);
  });
};

import { createHash } from 'node:crypto';
import { request } from 'undici';
import { AssayError } from '../terms/errors.ts';
import { keyOf, type Answer, type Question, type TerminologyFacts } from '../validators/terminology/facts.ts';

export type TerminologySettings = {
  /** A FHIR R4 base with CodeSystem/$validate-code and ValueSet/$validate-code. */
  readonly url: string;
  /** Milliseconds for one request; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Questions in one batch; 100 by default. */
  readonly batch?: number;
  /** Answers kept in memory; 200,000 by default. */
  readonly keep?: number;
};

export type TerminologyServer = {
  readonly facts: TerminologyFacts;
  /** Names what answers: the address, and the software and its date as /metadata has them. */
  readonly identity: string;
  /**
   * Asks what validators wanted since the last call. A request that fails leaves its questions open.
   * @returns how many were asked, and how many of these the server did not answer
   */
  resolve(): Promise<{ readonly asked: number; readonly open: number }>;
};

type Json = { readonly [key: string]: unknown };
type Parameter = { readonly name?: string; readonly valueBoolean?: boolean; readonly valueString?: string };

const send = async (url: string, timeoutMs: number, body?: object): Promise<Json | undefined> => {
  const response = await request(url, {
    method: body ? 'POST' : 'GET', headersTimeout: timeoutMs, bodyTimeout: timeoutMs,
    headers: { accept: 'application/fhir+json', ...(body ? { 'content-type': 'application/fhir+json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.body.text();
  try { return JSON.parse(text) as Json; } catch { return undefined; }
};

/** http://hl7.org/fhir/R4/codesystem-operation-validate-code.html, http://hl7.org/fhir/R4/valueset-operation-validate-code.html */
const urlOf = ({ system, code, valueSet }: Question): string => {
  const parameters = new URLSearchParams(valueSet === undefined ? { url: system, code } : { url: valueSet, system, code });
  return `${valueSet === undefined ? 'CodeSystem' : 'ValueSet'}/$validate-code?${parameters.toString()}`;
};

/**
 * Does the message say that the server lacks the code system or value set, and not that these lack the code? Only then is
 * nothing known; R4 has no field for it: http://hl7.org/fhir/R4/terminology-service.html
 */
const lacks = (message: string): boolean =>
  !/\bcode\b[^.]*\bnot (found|in|valid)|unknown code\b(?! ?system)/i.test(message)
  && /(code ?system|value ?set)[^.]*\b(unknown|not (be )?(found|resolved|supported|present))|unknown (code ?system|value ?set)|unable to (find|expand|locate|resolve) (the )?(code ?system|value ?set)|can't be validated/i.test(message);

/** undefined where the server could not tell, as for a code system it does not have. */
const answerOf = (resource: unknown): Answer | undefined => {
  const { resourceType, parameter } = (resource ?? {}) as { resourceType?: string; parameter?: readonly Parameter[] };
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) return undefined;
  const part = (name: string): Parameter | undefined => (parameter as readonly Parameter[]).find((p) => p.name === name);
  const holds = part('result')?.valueBoolean;
  if (holds === undefined) return undefined;
  if (!holds && lacks(part('message')?.valueString ?? '')) return undefined;
  return { holds, display: part('display')?.valueString };
};

const identityOf = async (url: string, timeoutMs: number): Promise<string> => {
  let statement: Json | undefined;
  try { statement = await send(`${url}/metadata`, timeoutMs); } catch (error) { throw new AssayError('ASSAY_TERMINOLOGY_UNREACHABLE', undefined, { cause: error }); }
  if (statement?.['resourceType'] !== 'CapabilityStatement') throw new AssayError('ASSAY_TERMINOLOGY_UNREACHABLE', 'no CapabilityStatement');
  const { software } = statement as { software?: { name?: string; version?: string; releaseDate?: string } };
  return createHash('sha256').update(JSON.stringify([url, software?.name, software?.version, software?.releaseDate])).digest('hex');
};

/**
 * A client of a terminology server. It sends codes with their systems, nothing else of a record, and keeps the answers in
 * memory only: a code may hold what somebody typed.
 * @throws AssayError ASSAY_TERMINOLOGY_UNREACHABLE when /metadata cannot be read
 */
export const terminologyServer = async (settings: TerminologySettings): Promise<TerminologyServer> => {
  const { timeoutMs = 10_000, batch = 100, keep = 200_000 } = settings;
  const url = settings.url.replace(/\/+$/, '');
  const identity = await identityOf(url, timeoutMs);
  /** null: the server could not tell, and is not asked again. */
  const answers = new Map<string, Answer | null>();
  let wanted = new Map<string, Question>();
  let batches = true;

  const learn = (question: Question, answer: Answer | undefined): void => {
    if (answers.size >= keep) for (const key of answers.keys()) { answers.delete(key); break; }
    answers.set(keyOf(question), answer ?? null);
  };
  const askBatch = async (questions: readonly Question[]): Promise<boolean> => {
    const bundle = { resourceType: 'Bundle', type: 'batch', entry: questions.map((q) => ({ request: { method: 'GET', url: urlOf(q) } })) };
    const response = await send(url, timeoutMs, bundle);
    const entries = response?.['resourceType'] === 'Bundle' && Array.isArray(response['entry']) ? response['entry'] as readonly { resource?: unknown }[] : undefined;
    if (entries?.length !== questions.length) return false;
    questions.forEach((question, i) => { learn(question, answerOf(entries[i]!.resource)); });
    return true;
  };
  const askEach = async (questions: readonly Question[]): Promise<number> => {
    let open = 0;
    for (let i = 0; i < questions.length; i += 8) {
      await Promise.all(questions.slice(i, i + 8).map(async (question) => {
        try { learn(question, answerOf(await send(`${url}/${urlOf(question)}`, timeoutMs))); } catch { open++; }
      }));
    }
    return open;
  };

  return {
    identity,
    facts: {
      answer: (question) => answers.get(keyOf(question)) ?? undefined,
      want(question) { const key = keyOf(question); if (!answers.has(key)) wanted.set(key, question); },
    },
    async resolve() {
      const questions = [...wanted.values()];
      wanted = new Map();
      let open = 0;
      for (let i = 0; i < questions.length; i += batch) {
        const some = questions.slice(i, i + batch);
        try {
          if (batches && await askBatch(some)) continue;
          batches = false; // a server without batches is asked one by one from now on
        } catch { open += some.length; continue; }
        open += await askEach(some);
      }
      return { asked: questions.length, open };
    },
  };
};

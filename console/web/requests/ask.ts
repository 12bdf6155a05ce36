import type { Static } from 'typebox';
import type { Problem } from '../../api/shapes/words.ts';

/** What the API refused, in its own words. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly problem: Static<typeof Problem>;
  constructor(problem: Static<typeof Problem>) {
    super(problem.title);
    this.problem = problem;
  }
}

export const codeOf = (error: Error | null): string | undefined => error instanceof RequestProblem ? error.problem.code : undefined;

/** The page's word from GET /api/me: it proves to the API that an act comes from this page. */
let page: string | undefined;
export const knowPage = (word: string | null): void => { page = word ?? undefined; };

type Asking = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; query?: Readonly<Record<string, string | undefined>>; body?: unknown; signal?: AbortSignal };

/** @param query undefined values are left out */
export async function ask<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  const response = await send(path, asking);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** What is answered as a file. */
export const askFile = async (path: string, asking: Asking): Promise<Blob> => (await send(path, asking)).blob();

async function send(path: string, { method = 'GET', query = {}, body, signal }: Asking): Promise<Response> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const words = new URLSearchParams(given).toString();
  const response = await fetch(words === '' ? path : `${path}?${words}`, {
    method, ...(signal === undefined ? {} : { signal }), ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(page === undefined || method === 'GET' ? {} : { 'x-assay-page': page }) },
  });
  if (!response.ok) throw new RequestProblem(await response.json() as Static<typeof Problem>);
  return response;
}

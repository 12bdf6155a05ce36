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

/** @param query undefined values are left out */
export async function ask<Answer>(path: string, { method = 'GET', query = {}, signal }:
{ method?: 'GET' | 'POST'; query?: Readonly<Record<string, string | undefined>>; signal?: AbortSignal } = {}): Promise<Answer> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const words = new URLSearchParams(given).toString();
  const response = await fetch(words === '' ? path : `${path}?${words}`, { method, ...(signal === undefined ? {} : { signal }) });
  const body: unknown = await response.json();
  if (!response.ok) throw new RequestProblem(body as Static<typeof Problem>);
  return body as Answer;
}

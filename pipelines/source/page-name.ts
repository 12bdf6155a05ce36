/** What a page of a search or history is called within its run: asked again, it is the same row. */
export type PageName = {
  /** `page`: a search; `changes`, `deletions`: a history and what of it is taken. */
  readonly kind: 'page' | 'changes' | 'deletions';
  readonly type: string;
  /** Place among the type's queries, from 1. */
  readonly query: number;
  /** Rises when the next links ran out and the search began anew. */
  readonly attempt: number;
  readonly page: number;
};

export const pageName = ({ kind, type, query, attempt, page }: PageName): string =>
  `${kind}/${type}/${query}/${attempt}/${String(page).padStart(6, '0')}`;

export function readPageName(name: string): PageName {
  const [kind, type = '', query, attempt, page] = name.split('/');
  if (kind !== 'page' && kind !== 'changes' && kind !== 'deletions') throw new Error('not the name of a page');
  return { kind, type, query: Number(query), attempt: Number(attempt), page: Number(page) };
}

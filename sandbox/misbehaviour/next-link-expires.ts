import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const nextLinkExpires = misbehaviour({
  name: 'next-link-expires', seenAt: 'Epic',
  does: 'After so many next pages of one search its links are gone (410).',
  parameters: { afterPages: 1, status: 410 },
  start({ afterPages, status }) {
    const followed = new Map<string, number>(); // search → next pages given
    return {
      before({ kind, query }) {
        if (kind !== 'next-page') return undefined;
        const [search = ''] = (query.get('_page') ?? '').split('.');
        const pages = (followed.get(search) ?? 0) + 1;
        followed.set(search, pages);
        return pages > afterPages ? refuse(status, 'expired', 'This page has expired. Search again.') : undefined;
      },
    };
  },
});

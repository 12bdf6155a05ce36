import { misbehaviour } from './misbehaviour.ts';
import { rewriteReferences } from './rewrite-references.ts';

export const versionedReferences = misbehaviour({
  name: 'versioned-references', seenAt: 'several',
  does: 'References name the version that is current.',
  parameters: {},
  start: (_parameters, { store }) => ({
    resource: (bytes) =>
      rewriteReferences(bytes, (type, id) => `${type}/${id}/_history/${store.head(type, id)?.versionId ?? 1}`),
  }),
});

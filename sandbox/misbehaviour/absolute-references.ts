import { misbehaviour } from './misbehaviour.ts';
import { rewriteReferences } from './rewrite-references.ts';

export const absoluteReferences = misbehaviour({
  name: 'absolute-references', seenAt: 'several',
  does: 'References are absolute URLs below the server\'s base.',
  parameters: {},
  start: (_parameters, { fhirBase }) => ({
    resource: (bytes) => rewriteReferences(bytes, (type, id) => `${fhirBase()}/${type}/${id}`),
  }),
});

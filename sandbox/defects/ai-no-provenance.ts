import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect } from './defect.ts';

export const aiNoProvenance: Defect = {
  rule: 'ai-no-provenance', most: 2, forms: [{
    type: 'DocumentReference', because: 'Labelled as AI-asserted, and no Provenance says by what.',
    plant(note, chart) {
      const changes = aiNote(note, chart, noteScribe, undefined);
      return changes?.filter((change) => change.how !== 'loose' && change.resource['resourceType'] !== 'Provenance');
    },
  }],
};

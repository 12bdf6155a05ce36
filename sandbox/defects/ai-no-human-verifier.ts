import { aiNote } from './ai-note.ts';
import { noteScribe } from './ai-models.ts';
import type { Defect } from './defect.ts';

export const aiNoHumanVerifier: Defect = {
  rule: 'ai-no-human-verifier', forms: [{
    type: 'DocumentReference', because: 'A model wrote the note and nobody verified it.',
    plant: (note, chart) => aiNote(note, chart, noteScribe, undefined),
  }],
};

import { anyPractitioner } from './ai-assertion.ts';
import { noteScribeTrial } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect } from './defect.ts';

export const aiModelNotApproved: Defect = {
  rule: 'ai-model-not-approved', forms: [{
    type: 'DocumentReference', because: 'Written by a release candidate of the model that nobody approved; a practitioner verified the note.',
    plant: (note, chart) => aiNote(note, chart, noteScribeTrial, anyPractitioner(chart)),
  }],
};

import { anyPractitioner, type Check } from './ai-assertion.ts';
import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect, Form } from './defect.ts';

const form = (because: string, checks: readonly Omit<Check, 'who'>[]): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, { checks: checks.map((one) => ({ ...one, who: anyPractitioner(chart) ?? '' })) }) });

export const aiAttestedTooEarly: Defect = {
  rule: 'ai-attested-too-early', hidden: true,
  forms: [form('Verified half an hour before it was made.', [{ minutes: -30 }]), form('Attested two days before it was made.', [{ minutes: -2880, code: 'attester' }]), form('Verified a minute before it was made.', [{ minutes: -1 }]), form('Signed twice, both too early.', [{ minutes: -40 }, { minutes: -10, code: 'legal' }])],
  nearMisses: [form('Verified after it was made.', [{ minutes: 12 }]), form('Too early, and again after.', [{ minutes: -30 }, { minutes: 25 }]), form('In the second it was made.', [{ minutes: 0 }])],
};

import { anyPractitioner } from './ai-assertion.ts';
import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect, Form } from './defect.ts';

const filler = 'Patient seen and examined today and continues the present treatment without any change. ';
export const words = (count: number): string => `# Assessment and Plan\n${filler.repeat(Math.ceil(count / 13))}\n`;
const form = (because: string, length: number, seconds: readonly number[]): Form => ({
  type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, { text: words(length), checks: seconds.map((one) => ({ who: anyPractitioner(chart) ?? '', minutes: one / 60 })) }),
});

export const aiAttestedTooFast: Defect = {
  rule: 'ai-attested-too-fast', hidden: true,
  forms: [form('Four hundred words verified in five seconds.', 400, [5]), form('A thousand words verified in half a minute.', 1000, [30]), form('Two hundred words verified in a second.', 200, [1]), form('Verified by two, neither of whom can have read it.', 600, [4, 9])],
  nearMisses: [form('Four hundred words in five minutes.', 400, [300]), form('A line, at a glance.', 13, [3]), form('One was fast, the other read it.', 600, [4, 400])],
};

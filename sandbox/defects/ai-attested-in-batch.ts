import { anyPractitioner } from './ai-assertion.ts';
import { words } from './ai-attested-too-fast.ts';
import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Change, Chart, Defect, Form } from './defect.ts';
import type { JsonObject } from './touch.ts';

/** Notes of one patient, each verified so many seconds after the one before; all but the first carry the label. */
function row(note: JsonObject, chart: Chart, gaps: readonly number[], signers: number, length: number): readonly Change[] | undefined {
  const who = Array.from({ length: signers }, () => anyPractitioner(chart) ?? '');
  let seconds = 1800;
  const all: Change[] = [];
  for (const [index, gap] of [0, ...gaps].entries()) {
    seconds += gap;
    const made = aiNote(note, chart, noteScribe, { text: words(length), carries: index > 0, checks: [{ who: who[index % signers] ?? '', minutes: seconds / 60 }] });
    if (made === undefined) return undefined;
    all.push(...made);
  }
  return signers > 1 && new Set(who).size < signers ? undefined : all;
}
const form = (because: string, gaps: readonly number[], signers = 1, length = 300): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => row(note, chart, gaps, signers, length) });

export const aiAttestedInBatch: Defect = {
  rule: 'ai-attested-in-batch', apart: true, hidden: true,
  forms: [form('Four notes, two seconds apart.', [2, 2, 2]), form('Three notes, five seconds apart.', [5, 5]), form('Six notes, at once.', [0, 0, 0, 0, 0])],
  nearMisses: [form('Three notes, ten minutes apart.', [600, 600]), form('Two notes.', [2]), form('Three notes by three people.', [2, 2], 3), form('Four lines.', [2, 2, 2], 1, 13)],
};

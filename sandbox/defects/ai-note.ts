import { copyOf, textAt, type JsonObject } from '../json-exact.ts';
import { aiAssertion, aiSince, type Made } from './ai-assertion.ts';
import type { Model } from './ai-models.ts';
import type { Change, Chart } from './defect.ts';

const short = (date: string) =>
  `${date}\n\n# Chief Complaint\nFollow-up visit.\n\n# Assessment and Plan\nPatient seen and examined; continues the present treatment.\n`;

/** A text as an attachment's. */
export const attached = (text: string): JsonObject => ({ attachment: { contentType: 'text/plain; charset=utf-8', data: Buffer.from(text).toString('base64') } });

/** A model's note for the encounter of an existing note; undefined when that one is too old. `text`: what it says. */
export function aiNote(note: JsonObject, chart: Chart, model: Model, made: Partial<Made> & { text?: string } = {}): Change[] | undefined {
  const date = textAt(note, 'date');
  if (!date || date < aiSince || date > '2026') return undefined;
  const { authenticator: _signed, ...unsigned } = copyOf(note);
  const { text, own, ...more } = made;
  return aiAssertion(unsigned, chart, model, {
    at: date, ...more,
    own: {
      status: 'current', docStatus: (made.checks ?? []).length > 0 ? 'final' : 'preliminary',
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${chart.random.id()}` }],
      author: [{ reference: `Device/ai-${model.value}-${model.version.replace(/[^\w-]/g, '-')}` }],
      content: [attached(text ?? short(date.slice(0, 10)))], ...own,
    },
  });
}

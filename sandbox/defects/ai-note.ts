import { textAt, type JsonObject } from '../json-exact.ts';
import { aiAssertion, aiSince } from './ai-assertion.ts';
import type { Model } from './ai-models.ts';
import type { Change, Chart } from './defect.ts';

const text = (date: string) =>
  `${date}\n\n# Chief Complaint\nFollow-up visit.\n\n# Assessment and Plan\nPatient seen and examined; continues the present treatment.\n`;

/** A model's note for the encounter of an existing note; undefined when that one is too old. */
export function aiNote(note: JsonObject, chart: Chart, model: Model, verifiedBy: string | undefined): Change[] | undefined {
  const date = textAt(note, 'date');
  if (!date || date < aiSince) return undefined;
  const attachment = { contentType: 'text/plain; charset=utf-8', data: Buffer.from(text(date.slice(0, 10))).toString('base64') };
  const { authenticator: _signed, ...unsigned } = note;
  return aiAssertion(unsigned, chart, model, {
    at: date,
    ...(verifiedBy && { verifiedBy }),
    own: {
      status: 'current', docStatus: verifiedBy ? 'final' : 'preliminary',
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${chart.random.id()}` }],
      author: [{ reference: `Device/ai-${model.value}-${model.version.replace(/[^\w-]/g, '-')}` }],
      content: [{ attachment }],
    },
  });
}

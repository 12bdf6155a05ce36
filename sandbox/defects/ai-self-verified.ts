import { anyPractitioner, readBy, type Check } from './ai-assertion.ts';
import { noteScribe } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Chart, Defect, Form } from './defect.ts';
import { textAt } from './touch.ts';

const form = (because: string, checks: (chart: Chart) => readonly Check[]): Form => ({ type: 'DocumentReference', because, plant: (note, chart) => aiNote(note, chart, noteScribe, { checks: checks(chart) }) });
/** A device that is part of the other one, or the other way round, verifies. */
const family = (because: string, which: 'part' | 'whole'): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart) {
    const other = chart.random.id();
    const changes = aiNote(note, chart, noteScribe, { checks: [{ who: `Device/${other}`, minutes: 20 }], device: (device) => (which === 'whole' ? { ...device, parent: { reference: `Device/${other}` } } : device) });
    const maker = changes?.flatMap((change) => (change.how !== 'loose' && change.resource['resourceType'] === 'Device' ? [textAt(change.resource, 'id') ?? ''] : []))[0];
    return changes && [...changes, { how: 'add', resource: { resourceType: 'Device', id: other, status: 'active', type: { text: 'Software' }, ...(which === 'part' && maker !== undefined && { parent: { reference: `Device/${maker}` } }) } }];
  },
});

export const aiSelfVerified: Defect = {
  rule: 'ai-self-verified', hidden: true,
  forms: [
    form('The model verified its own note.', () => [{ who: 'itself', minutes: 20 }]), form('The model attested its own note.', () => [{ who: 'itself', minutes: 5, code: 'attester' }]), form('Somebody verified it on the model’s behalf.', (chart) => readBy(anyPractitioner(chart)).map((one) => ({ ...one, more: { onBehalfOf: {} } }))),
    family('A part of the model’s device verified it.', 'part'), family('The device that the model is part of verified it.', 'whole'),
  ],
  nearMisses: [form('A person verified it.', (chart) => readBy(anyPractitioner(chart))), form('Another device verified it.', () => [{ who: 'Device/checker', minutes: 20 }]), form('Nobody did.', () => [])],
};

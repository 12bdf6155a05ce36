import type { ModelRegistry } from '../../terms/model-registry.ts';

const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' };

/** An AI-made note of patient p and what belongs to it, for rule cases. */
export const aiNote = (more: object = {}) => ({ resourceType: 'DocumentReference', id: 'd', status: 'current', subject: { reference: 'Patient/p' },
  date: '2026-03-01T10:05:00Z', meta: { security: [label] }, ...more });

export const scribe = (more: object = {}) => ({ resourceType: 'Device', id: 'scribe', type: { coding: [{ code: 'Artificial-Intelligence' }] },
  identifier: [{ system: 'urn:models', value: 'scribe' }], version: [{ value: '2.1' }], ...more });

export const made = (at: string, more: object = {}) => ({ resourceType: 'Provenance', id: 'made', target: [{ reference: 'DocumentReference/d' }], recorded: at,
  reason: [{ coding: [label] }], agent: [{ type: { coding: [{ code: 'author' }] }, who: { reference: 'Device/scribe' } }], ...more });

export const checkedBy = (who: string, at: string, more: object = {}, code = 'verifier') => ({ resourceType: 'Provenance', id: `checked-${at}`,
  target: [{ reference: 'DocumentReference/d' }], recorded: at, agent: [{ type: { coding: [{ code }] }, who: { reference: who }, ...more }] });

export const registry = (more: object = {}): { models: ModelRegistry } => ({ models: { version: '1', models: [{
  id: 'scribe', name: 'Ambient scribe', versions: ['2.0', '2.1'], identifiers: [{ system: 'urn:models', value: 'scribe' }], intendedUse: 'Draft notes',
  allowedTypes: ['DocumentReference'], verification: 'required', approvedFrom: '2026-01-01', approvedUntil: '2026-12-31', approvedBy: 'AI governance board', ...more }] } });

/** Text of so many words. */
export const lines = (words: number) => ({ content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('word '.repeat(words)).toString('base64') } }] });

import { listAt, textAt } from '../json-exact.ts';
import { aiAssertion, aiSince, anyPractitioner, readBy } from './ai-assertion.ts';
import { noteScribe, problemFinder, socialHistoryReader } from './ai-models.ts';
import { aiNote } from './ai-note.ts';
import type { Defect } from './defect.ts';

// AI-asserted content that is in order: verified by a practitioner, or by a model whose label is enough.

export const aiVerifiedNote: Defect = {
  rule: 'ai-verified-note', wrong: false, forms: [{
    type: 'DocumentReference', because: 'A model wrote the note and a practitioner verified it.',
    plant: (note, chart) => aiNote(note, chart, noteScribe, { checks: readBy(anyPractitioner(chart)) }),
  }],
};

export const aiVerifiedCondition: Defect = {
  rule: 'ai-verified-condition', wrong: false, forms: [{
    type: 'Condition', because: 'A model proposed it for the problem list from a diagnosis of the encounter, and a practitioner verified it.',
    plant(condition, chart) {
      const recorded = textAt(condition, 'recordedDate');
      const verifiedBy = anyPractitioner(chart);
      if (!recorded || recorded < aiSince || !verifiedBy || condition['abatementDateTime']) return undefined;
      const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' }] }];
      const meta = { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition-problems-health-concerns'] };
      const evidence = [{ detail: [{ reference: `Condition/${String(condition['id'])}` }] }];
      return aiAssertion({ ...condition, meta }, chart, problemFinder, { at: recorded, checks: readBy(verifiedBy), own: { category, evidence } });
    },
  }],
};

export const aiLabelledObservation: Defect = {
  rule: 'ai-labelled-observation', wrong: false, forms: [{
    type: 'Observation', because: 'A model read it from a note; nobody verified it, and for this model nobody must.',
    plant(observation, chart) {
      const at = textAt(observation, 'effectiveDateTime');
      const smoking = listAt(observation, 'category').some((one) => textAt(one, 'coding', 0, 'code') === 'social-history');
      if (!at || at < aiSince || !smoking) return undefined;
      const read = new Date(Date.parse(at) + 5 * 60_000).toISOString();
      return aiAssertion(observation, chart, socialHistoryReader, { at, own: { effectiveDateTime: read, issued: read } });
    },
  }],
};

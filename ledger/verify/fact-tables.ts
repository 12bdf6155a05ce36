import type { FactTable } from './fact-table.ts';

const byVersion = { join: 'left join version v on v.id = t.version_id', source: 'v.source_id', patient: 'v.patient' };

/** Every table that answers rest on. The others are in working-tables.ts. */
export const factTables: readonly FactTable[] = [
  {
    table: 'version', key: 'id', written: 'once', at: 'landed_at',
    because: 'what was received: a resource version, named by the hash of its bytes',
    of: { source: 't.source_id', patient: 'coalesce(t.landed_patient, t.patient)' },
    columns: {
      id: 'id', source_id: 'number', type: 'text', logical_id: 'text', ordinal: 'number', deletion: 'bool', hash: 'hex', size: 'number',
      version_id: 'text', version_number: 'id', last_updated: 'instant', transaction_time: 'instant', run_id: 'id', file_id: 'id',
      line: 'number', refs: 'texts',
    },
    working: {
      head: 'which version is the newest follows from the order of versions',
      bytes: 'checked against `hash`; null for a deletion and after a destruction', encoding: 'how `bytes` is stored',
      finding_list: 'a copy for the barrier; the assessment holds what counts', landed_rule_set: 'whose copy that is',
      patient: 'chooses the key: another one gives another hash; where it was joined later, version_joined covers it',
      landed_patient: 'chooses the key: another one gives another hash',
    },
  },
  {
    table: 'version_joined', key: 'id', written: 'once',
    because: 'a view of the versions that joined a compartment after they landed (Provenance, AuditEvent, List)',
    of: { source: 't.source_id', patient: 't.patient' },
    columns: { id: 'id', patient: 'text' },
  },
  {
    table: 'received_chunk', key: 'id', written: 'once', because: 'what came and became no version: the reconciliation adds these rows up',
    of: { join: 'left join run r on r.id = t.run_id', source: 'r.source_id', patient: `''` },
    columns: { run_id: 'id', file_id: 'id', from_line: 'number', to_line: 'number', received: 'number', deletions: 'number', skipped: 'number', unchanged: 'ids' },
    working: { id: 'a number to name the row by', became: 'counts of the versions of these lines', grew: 'how many heads the chunk added' },
  },
  {
    table: 'assessment', key: 'id', written: 'once', because: 'what was found in a version, under which rule set and context', of: byVersion,
    columns: { id: 'id', version_id: 'id', rule_set_id: 'number', context_hash: 'hex', run_id: 'id', as_of: 'instant', findings: 'json' },
    working: { current: 'the newest assessment of its version is the one that counts', finding_list: 'where its findings stand; they enter by their content' },
  },
  {
    table: 'verdict', key: 'id', written: 'once', at: 'at', because: 'what the policy made of it, for which purposes', of: byVersion,
    columns: {
      id: 'id', assessment_id: 'id', version_id: 'id', policy_id: 'number', waivers: 'hex', purposes: 'texts', outcome: 'text', flags: 'texts',
      because: 'numbers', cleared: 'texts', held_by: 'id', run_id: 'id',
    },
    working: { current: 'the newest verdicts of a version are those that count' },
  },
  {
    table: 'feed_span', key: 'first', written: 'once', at: 'at', because: 'what left, for which purposes, in which order', of: byVersion,
    columns: {
      first: 'id', purposes: 'texts', kind: 'text', version_id: 'id', source_id: 'number', type: 'text', logical_id: 'text', verdict_id: 'id',
      rule_set_id: 'number', outcome: 'text', flags: 'texts', about: 'id', reason: 'text', run_id: 'id',
    },
  },
  {
    table: 'consumption', key: 'id', written: 'once', at: 'at', because: 'who was given which range of which feed, and when',
    columns: { id: 'id', consumer_id: 'number', feed_id: 'number', from_sequence: 'id', to_sequence: 'id', entries: 'number', via: 'text' },
  },
  {
    table: 'consumer', key: 'id', written: 'latest', because: 'who may read which feeds',
    columns: { id: 'number', name: 'text', token_hash: 'hex', feeds: 'numbers', purpose: 'text', models: 'texts', kafka_group: 'text', revoked_at: 'instant' },
    working: { created_at: 'its first event has the time' },
  },
  {
    table: 'policy', key: 'id', written: 'once', because: 'which finding means what, for which purpose',
    columns: { id: 'number', body: 'json', hash: 'hex', put_by: 'text', in_force_at: 'instant' },
  },
  {
    table: 'model_entry', key: 'id', written: 'once', at: 'put_at', because: 'which AI models are approved, and under which conditions',
    columns: { id: 'id', model: 'text', body: 'json', put_by: 'text' },
  },
  {
    table: 'case_event', key: 'id', written: 'once', because: 'what people did with a case, word for word: decisions, views, comments, reversals',
    of: { join: 'left join exception x on x.id = t.exception_id', source: 'x.source_id', patient: `''` },
    columns: { exception_id: 'id', n: 'number', kind: 'text', body: 'json', by_person: 'text', command_id: 'text', turn: 'text', at: 'instant' },
    working: { id: 'a number to name the row by' },
  },
  {
    table: 'ruled_version', key: 'id', written: 'once', because: 'which versions a decision bears on: answers about waivers and deciders rest on it', of: byVersion,
    columns: { id: 'id', version_id: 'id', decision_id: 'text', rule: 'text', cause: 'text' },
  },
  {
    table: 'record_view', key: 'id', written: 'once', at: 'at', because: 'who opened which record', of: byVersion,
    columns: { id: 'id', person: 'text', version_id: 'id', exception_id: 'id', shown: 'hex' },
  },
  {
    table: 'consumer_record', key: 'id', written: 'once', at: 'at', because: 'who a consumer is in law, and why it is given data: the accounting of disclosures rests on it',
    columns: { id: 'id', consumer_id: 'number', legal_name: 'text', address: 'text', relation: 'text', purpose: 'text', legal_basis: 'text', agreement: 'text', by_person: 'text' },
  },
  {
    table: 'accounting_suspension', key: 'id', written: 'once', at: 'at', because: 'what is left out of an accounting, for how long, on whose word',
    of: { source: 't.source_id', patient: 't.patient' },
    columns: { id: 'id', consumer_id: 'number', source_id: 'number', patient: 'text', because: 'text', from_at: 'instant', until_at: 'instant', by_person: 'text' },
  },
  {
    table: 'acknowledgement', key: 'id', written: 'once', at: 'at', because: 'a consumer’s word that it did what a feed told it: closes the loop of a retraction',
    columns: { id: 'id', consumer_id: 'number', feed_id: 'number', sequence: 'id' },
  },
  {
    table: 'retraction', key: 'id', written: 'once', at: 'at', because: 'what somebody decided to take back, and why: exactly which versions',
    of: { source: 't.source_id', patient: 't.patient' },
    columns: { id: 'id', what: 'text', source_id: 'number', patient: 'text', named: 'text', versions: 'ids', because: 'text', by_person: 'text' },
    working: { settled_at: 'progress; what was taken back is in the feeds' },
  },
  {
    table: 'retention_schedule', key: 'id', written: 'once', at: 'at', because: 'how long records are kept, on whose word: destructions rest on it',
    columns: { id: 'id', name: 'text', years: 'number', because: 'text', by_person: 'text' },
  },
  {
    table: 'amendment', key: 'id', written: 'once', at: 'at', because: 'each step of a patient’s request to amend the record',
    of: { source: 't.source_id', patient: 't.patient' },
    columns: { id: 'id', request: 'id', source_id: 'number', patient: 'text', step: 'text', versions: 'ids', says: 'text', named: 'numbers', by_person: 'text' },
  },
  {
    table: 'amendment_notice', key: 'id', written: 'latest', because: 'who was told of it, and took note',
    of: { join: 'left join amendment a on a.id = t.amendment_id', source: 'a.source_id', patient: 'a.patient' },
    columns: { id: 'id', amendment_id: 'id', consumer_id: 'number', because: 'text', noted_at: 'instant' },
  },
  {
    table: 'legal_hold', key: 'id', written: 'latest', because: 'what stops a destruction, from when to when, on whose word',
    of: { source: 't.source_id', patient: 't.patient' },
    columns: { id: 'id', source_id: 'number', patient: 'text', because: 'text', by_person: 'text', placed_at: 'instant', lifted_by: 'text', lifted_at: 'instant' },
  },
  {
    table: 'destruction', key: 'id', written: 'once', at: 'at', because: 'the certificate of a destruction', of: { source: 't.source_id', patient: `''` },
    columns: { id: 'id', source_id: 'number', stands_in: 'text', versions: 'number', erased: 'hex', rows: 'number', subject: 'hex', schedule: 'text', because: 'text', by_person: 'text' },
  },
];

import type { CaseTask } from './exception.ts';

/** What somebody outside is asked for, because of a case. */
export type CaseRequest = {
  readonly task: string; readonly exception: string; readonly kind: CaseTask['kind']; readonly of: CaseTask['of']; readonly text: string;
  readonly state: 'requested' | 'completed' | 'cancelled';
  readonly askedAt: Date; readonly doneAt: Date | null; readonly priority: number; readonly source: string;
  /** The source's FHIR base; null where it has none. */
  readonly base: string | null;
  /** 'Type/id' of the records it is about, at most a hundred. */
  readonly records: readonly string[];
};

const words: Readonly<Record<CaseRequest['kind'], string>> = {
  evidence: 'Evidence for a data-quality case', 'chart-correction': 'Chart correction request', identity: 'Patient identity review',
};

/** The request as http://hl7.org/fhir/R4/task.html has it: what is asked, about which records, by which case. */
export function fhirTask(request: CaseRequest) {
  // Relative, a reference would be to a record of ours.
  const base = request.base?.replace(/\/+$/, '');
  const references = request.records.map((record) => ({ reference: base === undefined ? record : `${base}/${record}` }));
  return {
    resourceType: 'Task' as const, id: request.task, status: request.state, intent: 'order',
    priority: request.priority === 1 ? 'urgent' : 'routine',
    identifier: [{ system: 'urn:fhir-assay:case', value: request.exception }],
    code: { coding: [{ system: 'urn:fhir-assay:task', code: request.kind }], text: words[request.kind] },
    description: request.text,
    ...(references[0] === undefined ? {} : { focus: references[0] }),
    authoredOn: request.askedAt.toISOString(), lastModified: (request.doneAt ?? request.askedAt).toISOString(),
    requester: { display: 'fhir-assay' },
    ...(references.length === 0 ? {} : { input: references.map((valueReference) => ({ type: { text: 'record' }, valueReference })) }),
  };
}

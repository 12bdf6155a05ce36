import type { TaskRow } from '../../storage/case-tasks.ts';

const statuses = { requested: 'requested', completed: 'completed', cancelled: 'cancelled' } as const;
const words: Readonly<Record<TaskRow['kind'], string>> = {
  evidence: 'Evidence for a data-quality case', 'chart-correction': 'Chart correction request', identity: 'Patient identity review',
};

/** A request to somebody outside, as http://hl7.org/fhir/R4/task.html has it: what is asked, about which records, by which case. */
export const fhirTask = (task: TaskRow) => ({
  resourceType: 'Task' as const, id: task.task, status: statuses[task.state], intent: 'order',
  priority: task.priority === 1 ? 'urgent' : 'routine',
  identifier: [{ system: 'urn:fhir-assay:case', value: task.exception }],
  code: { coding: [{ system: 'urn:fhir-assay:task', code: task.kind }], text: words[task.kind] },
  description: task.text,
  ...(task.records[0] === undefined ? {} : { focus: { reference: task.records[0] } }),
  authoredOn: task.askedAt.toISOString(), ...(task.doneAt === null ? {} : { lastModified: task.doneAt.toISOString() }),
  input: task.records.map((reference) => ({ type: { text: 'record' }, valueReference: { reference } })),
});

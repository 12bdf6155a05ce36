import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** All that Temporal keeps of the namespace's workflows: ids, memos, attributes, every event with its payloads decoded to text. */
export async function allHistories(temporal: Client): Promise<{ workflow: string; history: unknown; text: string }[]> {
  const found: { workflow: string; history: unknown; text: string }[] = [];
  for await (const { workflowId, runId, memo, searchAttributes } of temporal.workflow.list()) {
    const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const json: unknown = JSON.parse(historyToJSON(history));
    found.push({ workflow: workflowId, history: json, text: JSON.stringify([workflowId, memo, searchAttributes, readable(json)]) });
  }
  return found;
}

/** Payloads are base64 in the JSON form: each is given as text too. */
function readable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => readable(item, key));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, readable(inner, name)]));
  return key === 'data' && typeof value === 'string' ? [value, Buffer.from(value, 'base64').toString('utf8')] : value;
}

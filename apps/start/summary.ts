import type { Database } from '../../storage/connect.ts';
import { queue } from '../../storage/queue.ts';
import { reconciliation } from '../../storage/reconciliation.ts';
import { lockedPackages } from '../../packages/add.ts';
import { profileLock } from '../product/profile-lock.ts';
import { runTable } from '../product/run-table.ts';
import { sentencesOf } from '../product/what-keeps-failing.ts';

export type Addresses = { readonly api: string; readonly sandbox: string; readonly temporal: string | undefined };

/** What a first run printed at the end: the reconciliation, three reasons, where to look. */
export async function summary(db: Database, run: { readonly id: string; readonly state: string; readonly code: string | null }, tokens: ReadonlyMap<string, string>, addresses: Addresses): Promise<string[]> {
  const [table, held] = [await reconciliation(db, run.id), await queue(db, {}, 3)];
  const known = sentencesOf(run.code ?? '');
  const reason = known === undefined ? '' : `. ${known.says} ${known.doThis} (${run.code})`;
  const [feed = 'care', token = ''] = [...tokens][0] ?? [];
  return [
    run.state === 'completed' ? `Run ${run.id}` : `Run ${run.id}: ${run.state}${reason}`, ...runTable(table), '',
    held.rows.length === 0 ? 'Nothing is held.' : 'Held, for a person to decide:',
    ...held.rows.map((one) => `  • ${one.says ?? one.rule} (${one.records} record${one.records === 1 ? '' : 's'}; ${one.waits.join(', ')} wait${one.waits.length === 1 ? 's' : ''})`),
    '',
    ...await profileOffer(),
    'Where to look',
    `  page                ${addresses.api}/`,
    `  work queue          ${addresses.api}/queue`,
    `  feeds               ${addresses.api}/feeds/{${[...tokens.keys()].join('|')}}/entries`,
    `  API documentation   ${addresses.api}/docs`,
    ...(addresses.temporal === undefined ? [] : [`  Temporal            ${addresses.temporal}`]),
    `  sandbox EHR         ${addresses.sandbox}`,
    '',
    'A token for each feed',
    ...[...tokens].map(([name, value]) => `  ${name.padEnd(12)} ${value}`),
    `  try: curl -H 'Authorization: Bearer ${token}' '${addresses.api}/feeds/${feed}/entries?after=0&limit=3'`,
  ];
}

/** The sandbox's records claim US Core; it comes into force by command only. */
async function profileOffer(): Promise<string[]> {
  if ((await lockedPackages(profileLock)).some((name) => name.startsWith('hl7.fhir.us.core@'))) return [];
  return ['The records claim US Core 6.1.0, which is not in force, so they were checked against R4 alone. To put it in force:',
    '  npm run assay -- profiles add hl7.fhir.us.core@6.1.0', ''];
}

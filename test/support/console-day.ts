import type { Database } from '../../storage/connect.ts';
import { settleFeed } from '../../storage/feeds.ts';
import type { NewMember } from '../../storage/exceptions.ts';
import type { Finding } from '../../terms/finding.ts';
import { purposes, type Purpose } from '../../terms/purpose.ts';
import { beginRun, deletion, judgeRun, landItems, notJson, releaseRun, resource, skipped, type Answer } from './recorded-run.ts';

type Trouble = { rule: string; says: string; expression: string; purposes: readonly Purpose[] } & Pick<NewMember, 'priority' | 'owner' | 'reach' | 'dueDays'>;

/** What a day's queue looks like: a few rules, some with many causes. */
const troubles: readonly Trouble[] = [
  { rule: 'identity-overlay', says: 'Family name and birth date changed in one update; another patient may have been written over this one.', expression: 'Patient.name[0].family', purposes, priority: 1, owner: 'identity', reach: 'patient', dueDays: 1 },
  { rule: 'value-unit-fits', says: 'The unit cannot be one of a body weight; the sender’s unit mapping is probably wrong.', expression: 'Observation.value.code', purposes, priority: 1, owner: 'mapping', reach: 'version', dueDays: -2 },
  { rule: 'reference-dangling', says: 'The document names an author who neither landed nor is at the source.', expression: 'DocumentReference.author', purposes: ['research', 'training'], priority: 2, owner: 'privacy', reach: 'version', dueDays: 7 },
  { rule: 'ai-no-human-verifier', says: 'The note names a model that must be verified before use, and nobody is named who verified it.', expression: 'DocumentReference.author', purposes: ['care', 'training'], priority: 3, owner: 'ai', reach: 'version', dueDays: 0 },
  { rule: 'code-snomed-check-digit', says: 'The last digit of the SNOMED CT code is not its check digit; a digit was mistyped or cut off.', expression: 'Condition.code.coding[0].code', purposes: ['payment'], priority: 4, owner: 'coding', reach: 'version', dueDays: 14 },
  { rule: 'reference-missing', says: 'The encounter names no patient.', expression: 'Encounter.subject', purposes, priority: 5, owner: 'mapping', reach: 'version', dueDays: 30 },
  { rule: 'value-blood-pressure', says: 'The diastolic pressure is above the systolic; the two were probably swapped at entry.', expression: 'Observation.component[0].value', purposes: ['care', 'quality', 'training'], priority: 5, owner: 'documentation', reach: 'version', dueDays: 30 },
];

const type = (trouble: Trouble): string => trouble.expression.split('.')[0] ?? 'Observation';
const toFinding = (trouble: Trouble, cause: string): Finding => ({
  rule: trouble.rule, ruleVersion: 1, outcome: 'wrong', scope: 'resource', severity: 'error', code: 'invariant', cause,
  expression: trouble.expression, says: trouble.says, evidence: [{ expression: trouble.expression, role: 'for' }],
});

/** Two sources; a complete run, one with troubles of every kind, and one that is going on. */
export async function recordDay(db: Database, causesEach = 3): Promise<{ complete: string; troubled: string; going: string }> {
  const complete = await completeRun(db, causesEach);
  const troubled = await troubledRun(db);
  const going = await beginRun(db, 'st-agnes', 'search');
  await db.query(`update run set phase = 'land', started_at = now() - interval '41 seconds' where id = $1`, [going.run]);
  await landItems(db, going.run, 'Patient', Array.from({ length: 34 }, (_, n) => resource('Patient', `sa-${n}`, 1)));
  await db.query(`insert into run_file (run_id, name, kind, type, url) values ($1, 'next', 'page', 'Observation', '')`, [going.run]);
  for (const purpose of purposes) await settleFeed(db, { name: purpose, purpose, types: null, sources: null });
  return { complete, troubled, going: going.run };
}

async function completeRun(db: Database, causesEach: number): Promise<string> {
  const { run } = await beginRun(db, 'lakeside');
  const held = new Map<string, Answer[]>();
  for (const [place, trouble] of troubles.entries()) {
    const records = Array.from({ length: causesEach * (place + 1) }, (_, n) => `t${place}-${n}`);
    for (const [n, id] of records.entries()) {
      const rest = purposes.filter((purpose) => !trouble.purposes.includes(purpose));
      held.set(id, [{ outcome: 'hold', purposes: trouble.purposes, finding: toFinding(trouble, `department ${n % causesEach + 1}`) },
        ...rest.length === 0 ? [] : [{ outcome: 'release-with-flags' as const, purposes: rest }]]);
    }
    await landItems(db, run, type(trouble), records.map((id) => resource(type(trouble), id, 1)));
  }
  await landItems(db, run, 'Procedure', [...Array.from({ length: 640 }, (_, n) => resource('Procedure', `p${n}`, 1)), resource('Procedure', 'p1', 1)]);
  await landItems(db, run, 'Organization', [resource('Organization', 'o1', 1)], 'hydrated');
  for (const [place, { priority, owner, reach, dueDays }] of troubles.entries()) {
    await judgeRun(db, run, (_type, id) => id.startsWith(`t${place}-`) ? held.get(id) ?? [] : [], { priority, owner, reach, dueDays });
  }
  await judgeRun(db, run, (_type, id) => held.has(id) ? [] : id.endsWith('7')
    ? [{ outcome: 'release', purposes: ['care', 'quality', 'payment', 'research'] }, { outcome: 'exclude', purposes: ['training'] }]
    : [{ outcome: 'release', purposes }]);
  await releaseRun(db, run);
  await endRun(db, run, 'completed', '03:12');
  return run;
}

async function troubledRun(db: Database): Promise<string> {
  const { run } = await beginRun(db, 'lakeside');
  await landItems(db, run, 'Procedure', [resource('Procedure', 'p1', 2), resource('Procedure', 'p2', 1), notJson(), notJson(), skipped()]);
  await landItems(db, run, null, [deletion('Procedure', 'p3'), deletion('Procedure', 'never-seen')], 'deleted');
  await judgeRun(db, run, () => [{ outcome: 'release', purposes }]);
  await releaseRun(db, run);
  await db.query(`insert into run_type (run_id, type, state, error_code) values ($1, 'Procedure', 'done', null), ($1, 'MedicationRequest', 'failed', 'ASSAY_SOURCE_TOKEN_REFUSED')`, [run]);
  await endRun(db, run, 'completed-with-errors', '00:38');
  return run;
}

async function endRun(db: Database, run: string, state: string, took: string): Promise<void> {
  await db.query(
    `update run set state = $2, phase = 'done', transaction_time = now() - interval '10 minutes',
            started_at = now() - interval '10 minutes', finished_at = now() - interval '10 minutes' + ('00:' || $3)::interval where id = $1`, [run, state, took]);
}

import { isPlanned } from '../../storage/partitions.ts';
import { forgetKeys } from '../../storage/patient-keys.ts';
import { runById } from '../../storage/source.ts';
import type { AssessmentDeps } from './deps.ts';
import { judgeIdentity, keyPatients } from './identity.ts';
import { judgeNotes } from './judge-notes.ts';
import { judgeTogether } from './judge-together.ts';
import { judgeRun } from './monitors.ts';
import { proposeFlags } from './propose-flags.ts';

/**
 * Population scope: what the run brought against all that is stored. What is found stands by version and
 * is joined to the assessments; compartments about which something changed are touched by the run. A repeated
 * call goes on where the first ended; once the run is divided it changes nothing.
 */
export async function judgePopulation(deps: Pick<AssessmentDeps, 'db' | 'beat' | 'policy' | 'policyRule'>, run: string): Promise<{ judged: number }> {
  const row = await runById(deps.db, run);
  if (row === undefined || await isPlanned(deps.db, run)) return { judged: 0 };
  const population = { run, source: row.source };
  if (row.asked.reassess === true) await forgetKeys(deps.db, row.source);
  await keyPatients(deps, population);
  const { persons } = await judgeIdentity(deps, population);
  await judgeTogether(deps, population, { personsChanged: persons > 0 });
  await judgeNotes(deps, population, { again: row.asked.reassess === true });
  await judgeRun(deps, population);
  await proposeFlags(deps, row.source);
  return { judged: persons };
}

import { kinOf } from '../../storage/candidates/identity-encounter-many-patients.ts';
import * as notes from '../../storage/candidates/note-shared-text.ts';
import type { Tx } from '../../storage/connect.ts';
import { runsTakenUp } from '../../storage/partitions.ts';
import { replaceFindings, standingSubjects, type PopulationFinding } from '../../storage/population-findings.ts';
import { received } from '../../storage/stored-bytes.ts';
import type { Resource } from '../../terms/rule.ts';
import { judgeCandidate } from '../../validators/integrity/check-population.ts';
import { bounds, noteSharedText, type SharedNote } from '../../validators/integrity/note-shared-text/rule.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';
import { moment } from '../../validators/integrity/reading/moments.ts';
import { noteOf } from '../../validators/integrity/reading/note-text.ts';
import { windowHashes } from '../../validators/integrity/reading/note-windows.ts';
import type { AssessmentDeps } from './deps.ts';
import { unlessMisshapen } from './unless-misshapen.ts';

type Population = { readonly run: string; readonly source: number };

/** Notes a transaction: what memory holds of a population of any size. */
const BATCH = 200;

/**
 * Compares the run's notes with those of all other patients by hashes of their words. What a restart finds read
 * already is compared again with what stands.
 * @param again all notes of the source are read anew: the code that does it may be another
 */
export async function judgeNotes({ db, beat }: Pick<AssessmentDeps, 'db' | 'beat'>, population: Population, { again }: { again: boolean }): Promise<void> {
  const runs = await runsTakenUp(db, population.run);
  await db.transaction((tx) => notes.forgetOldNotes(tx, population.source, runs, again));
  for (let after = '0'; ;) {
    const heads = await notes.notesToKey(db, population.source, runs, again, after, BATCH);
    const last = heads.at(-1);
    if (last === undefined) break;
    await db.transaction(async (tx) => {
      await notes.keyNotes(tx, population.source, heads.map(keyed));
      await judge(tx, population, heads.map((head) => head.version), []);
    });
    beat();
    after = last.version;
  }
  await db.transaction(async (tx) => {
    // What became a template, or lost one of its notes, stands no longer.
    const standing = await standingSubjects(tx, population.source, noteSharedText.id);
    if (standing.length > 0) await judge(tx, population, [...new Set(standing.flatMap((subject) => subject.split(' ')))], standing);
  });
}

function keyed(head: notes.NoteHead) {
  const fields = JSON.parse(received(head).toString('utf8')) as Resource;
  const { version, type, id, patient } = head;
  const note = fields['status'] === 'entered-in-error' ? undefined : unlessMisshapen(() => noteOf({ version, type, id, time: '', fields, place: 'compartment' }), undefined);
  const at = unlessMisshapen(() => moment(clinicalTime(fields, type))?.from, undefined);
  return { version, patient, written: at === undefined ? undefined : new Date(at), windows: note === undefined ? [] : windowHashes(note) };
}

async function judge(tx: Tx, population: Population, versions: readonly string[], before: readonly string[]): Promise<void> {
  const pairs = await notes.sharedTexts(tx, population.source, versions, bounds);
  const kin = await kinOf(tx, population.source, [...new Set(pairs.flatMap(({ one, other }) => [one.patient, other.patient]))]);
  const links = new Set(kin.links);
  const found = pairs.flatMap(({ one, other, shared }): PopulationFinding[] => {
    const linked = links.has(`${one.patient} ${other.patient}`) || links.has(`${other.patient} ${one.patient}`);
    const judged = judgeCandidate(noteSharedText, { shared, linked, one: sideOf(one), other: sideOf(other) });
    return [one, other].flatMap(({ version, patient }) => {
      const findings = judged.get(version);
      return findings === undefined ? [] : [{ subject: subjectOf(one, other), version, patient, findings }];
    });
  });
  await replaceFindings(tx, { ...population, rule: noteSharedText.id }, [...new Set([...before, ...pairs.map(({ one, other }) => subjectOf(one, other))])], found);
}

const sideOf = ({ version, type, since, told }: notes.TextSide): SharedNote => ({ version, type, told, since: since?.getTime() ?? Number.NaN });
const subjectOf = (one: notes.TextSide, other: notes.TextSide): string => (BigInt(one.version) < BigInt(other.version) ? `${one.version} ${other.version}` : `${other.version} ${one.version}`);

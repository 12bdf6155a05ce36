import { createHash } from 'node:crypto';
import type { Patient } from '@medplum/fhirtypes';
import type { Tx } from '../../storage/connect.ts';
import { keepPairs, pairsOf, pairsToCompare, type KnownPair, type Pair } from '../../storage/candidates/identity-duplicate-pair.ts';
import { sharedIdentifiers } from '../../storage/candidates/identity-shared-identifier.ts';
import * as persons from '../../storage/patient-keys.ts';
import { replaceFindings, standingSubjects, type PopulationFinding } from '../../storage/population-findings.ts';
import { received } from '../../storage/stored-bytes.ts';
import { judgeCandidate } from '../../validators/integrity/check-population.ts';
import { identityDuplicatePair, pairScore, type Side } from '../../validators/integrity/identity-duplicate-pair/rule.ts';
import { identitySharedIdentifier } from '../../validators/integrity/identity-shared-identifier/rule.ts';
import type { Demographics } from '../../validators/integrity/templates/match-score.ts';
import { personKey } from '../../validators/integrity/templates/person-key.ts';
import type { AssessmentDeps } from './deps.ts';
import { unlessMisshapen } from './unless-misshapen.ts';

type Population = { readonly run: string; readonly source: number };

/** Persons a transaction: what memory holds of a population of any size. */
const BATCH = 1_000;

/** Reads the Patients that are new or changed, so that they can be compared. */
export async function keyPatients({ db, beat }: Pick<AssessmentDeps, 'db' | 'beat'>, { source, run }: Population): Promise<void> {
  await db.transaction((tx) => persons.dropDeletedPersons(tx, { source, run }, [identityDuplicatePair.id, identitySharedIdentifier.id]));
  for (let after = ''; ;) {
    const heads = await persons.patientsToKey(db, source, after, BATCH);
    await db.transaction((tx) => persons.keyPersons(tx, source, heads.map(keyed)));
    beat();
    const last = heads.at(-1);
    if (last === undefined || heads.length < BATCH) break;
    after = last.id;
  }
  await persons.analyzePersons(db);
}

function keyed({ version, id, bytes, encoding }: persons.PatientHead): persons.NewPerson {
  const patient = JSON.parse(received({ bytes, encoding }).toString('utf8')) as Patient;
  const key = unlessMisshapen(() => personKey(patient), personKey({}));
  return { version, id, ...key, digest: createHash('sha256').update(JSON.stringify(key.demographics)).digest() };
}

/** Compares the persons that changed with all others: pairs and shared identifiers. A restart goes on behind the last batch. */
export async function judgeIdentity({ db, beat }: Pick<AssessmentDeps, 'db' | 'beat'>, population: Population): Promise<{ persons: number; compared: number }> {
  const done = { persons: 0, compared: 0 };
  for (;;) {
    const batch = await persons.unjudgedPersons(db, population.source, BATCH);
    if (batch.length === 0) return done;
    done.compared += await db.transaction(async (tx) => {
      const compared = await judgePairs(tx, population, batch);
      await judgeIdentifiers(tx, population, batch);
      await persons.judgedPersons(tx, batch.map((one) => one.person));
      return compared;
    });
    done.persons += batch.length;
    beat();
  }
}

const sideOf = (row: persons.PersonRow): Side => ({ ...row, demographics: row.demographics as Demographics });
const subjectOf = ({ one, other }: Pair): string => `${one} ${other}`;

async function judgePairs(tx: Tx, population: Population, batch: readonly persons.PersonRow[]): Promise<number> {
  const ids = batch.map((one) => one.person);
  const rule = identityDuplicatePair.id;
  const side = new Map(batch.map((row) => [row.person, row]));
  const load = async (pairs: readonly Pair[]): Promise<void> => {
    const absent = new Set(pairs.flatMap(({ one, other }) => [one, other]).filter((person) => !side.has(person)));
    if (absent.size > 0) for (const row of await persons.personsById(tx, [...absent])) side.set(row.person, row);
  };
  const before = await pairsOf(tx, ids);
  const different = new Set(before.filter((pair) => pair.different).map(subjectOf));
  const candidates = await pairsToCompare(tx, await persons.sourcesOfPersons(tx, population.source), ids);
  await load([...before, ...candidates]);
  const candidate = (pair: Pair) => {
    const [one, other] = [side.get(pair.one), side.get(pair.other)];
    return one === undefined || other === undefined ? undefined
      : { one: sideOf(one), other: sideOf(other), decidedDifferent: different.has(subjectOf(pair)), acrossSources: one.source !== other.source };
  };
  const alike = candidates.flatMap((pair) => {
    const both = candidate(pair);
    const compared = both === undefined ? undefined : pairScore(both);
    return compared === undefined ? [] : [{ ...pair, score: compared.score }];
  });
  await keepPairs(tx, ids, alike);
  const together = await hangingTogether(tx, [...alike, ...before]);
  await load(together);
  const group = groupsOf(together);
  const standing = new Set<string>();
  const found = together.flatMap((pair): PopulationFinding[] => {
    const both = candidate(pair);
    if (both === undefined) return [];
    const judged = judgeCandidate(identityDuplicatePair, { ...both, group: group.get(pair.one) ?? pair.one });
    if (judged.size > 0) standing.add(subjectOf(pair));
    return [pair.one, pair.other].flatMap((person) => side.get(person) ?? []).filter(({ source }) => source === population.source)
      .map(({ version, id }) => ({ subject: subjectOf(pair), version, patient: id, findings: judged.get(version) ?? [] }));
  }).filter(({ findings }) => findings.length > 0);
  const asked = [...before, ...together];
  // What stood of a pair whose other record is gone stands no longer.
  const stood = await standingSubjects(tx, population.source, rule, batch.map((one) => one.id));
  await replaceFindings(tx, { ...population, rule }, [...new Set([...stood, ...asked.map(subjectOf)])], found);
  await persons.leaveToTheirSource(tx, rule, asked.flatMap((pair) => [pair.one, pair.other].filter((person) => side.get(person)?.source !== population.source)
    .map((person) => ({ person, subject: subjectOf(pair), stands: standing.has(subjectOf(pair)) }))));
  return candidates.length;
}

/** All pairs that hang together with these: what is one case, though its pairs were found in different runs. */
async function hangingTogether(tx: Tx, pairs: readonly Pair[]): Promise<KnownPair[]> {
  const found = new Map<string, KnownPair>();
  const seen = new Set<string>();
  for (let edge = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]; edge.length > 0;) {
    for (const person of edge) seen.add(person);
    const reached = (await pairsOf(tx, edge)).filter((pair) => !pair.different);
    for (const pair of reached) found.set(subjectOf(pair), pair);
    edge = [...new Set(reached.flatMap(({ one, other }) => [one, other]))].filter((person) => !seen.has(person));
  }
  return [...found.values()];
}

/** Person → the lowest row id of its group, which stays while others join. */
function groupsOf(pairs: readonly Pair[]): Map<string, string> {
  const lead = new Map<string, string>();
  const leader = (person: string): string => {
    let at = person;
    for (let next = lead.get(at); next !== undefined; next = lead.get(at)) at = next;
    return at;
  };
  for (const { one, other } of pairs) {
    const [a, b] = [leader(one), leader(other)];
    if (BigInt(a) < BigInt(b)) lead.set(b, a);
    else if (a !== b) lead.set(a, b);
  }
  return new Map(pairs.flatMap(({ one, other }) => [[one, leader(one)], [other, leader(other)]]));
}

async function judgeIdentifiers(tx: Tx, population: Population, batch: readonly persons.PersonRow[]): Promise<void> {
  const rule = identitySharedIdentifier;
  // What one of them shared until now, it may share no longer.
  const again = await standingSubjects(tx, population.source, rule.id, batch.map((one) => one.id));
  const shared = await sharedIdentifiers(tx, population.source, batch.map((one) => one.person), again);
  const found = shared.flatMap(({ identifier, kind, holders }): PopulationFinding[] => {
    const judged = judgeCandidate(rule, { type: kind, placeholder: false,
      holders: holders.map((holder) => ({ ...holder, expression: `Patient.identifier[${holder.place}]` })) });
    return holders.flatMap(({ version, id }) => {
      const findings = judged.get(version);
      return findings === undefined ? [] : [{ subject: identifier, version, patient: id, findings }];
    });
  });
  await replaceFindings(tx, { ...population, rule: rule.id }, [...new Set([...again, ...shared.map((one) => one.identifier)])], found);
}

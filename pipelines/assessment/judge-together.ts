import type { Tx } from '../../storage/connect.ts';
import { encountersOfMany, kinOf, type EncounterUser } from '../../storage/candidates/identity-encounter-many-patients.ts';
import { sharedTokens } from '../../storage/candidates/identity-shared-identifier.ts';
import { patientsOf, valueSpikes } from '../../storage/candidates/value-default-spike.ts';
import { replaceFindings, standingSubjects, type PopulationFinding } from '../../storage/population-findings.ts';
import { received } from '../../storage/stored-bytes.ts';
import type { Resource } from '../../terms/rule.ts';
import { judgeCandidate } from '../../validators/integrity/check-population.ts';
import { identityEncounterManyPatients } from '../../validators/integrity/identity-encounter-many-patients/rule.ts';
import { identityTokenSharing } from '../../validators/integrity/identity-token-sharing/rule.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';
import { encounterRefs } from '../../validators/integrity/reading/encounter-of.ts';
import { valueDefaultSpike } from '../../validators/integrity/value-default-spike/rule.ts';
import type { AssessmentDeps } from './deps.ts';
import { unlessMisshapen } from './unless-misshapen.ts';

type Population = { readonly run: string; readonly source: number };

/** The rules whose candidates one statement finds: encounters of two patients, tokens that many share, one value again and again. */
export async function judgeTogether({ db, beat }: Pick<AssessmentDeps, 'db' | 'beat'>, population: Population, { personsChanged }: { personsChanged: boolean }): Promise<void> {
  await db.transaction((tx) => judgeEncounters(tx, population));
  beat();
  await db.transaction((tx) => judgeSpikes(tx, population));
  beat();
  if (personsChanged) await db.transaction((tx) => judgeTokens(tx, population));
  beat();
}

async function judgeEncounters(tx: Tx, population: Population): Promise<void> {
  const rule = identityEncounterManyPatients;
  const before = await standingSubjects(tx, population.source, rule.id);
  const users = Map.groupBy(await encountersOfMany(tx, population.source, population.run), (user) => user.encounter);
  const found: PopulationFinding[] = [];
  for (const [encounter, named] of users) {
    const owner = named[0]?.owner ?? undefined;
    const kin = await kinOf(tx, population.source, [...new Set([...named.map((user) => user.patient), ...(owner === undefined ? [] : [owner])])]);
    const judged = judgeCandidate(rule, { ...kin, encounter: { version: named[0]?.encounterVersion ?? '', patient: owner }, users: named.map(asUser) });
    for (const { version, patient } of named) {
      const findings = judged.get(version);
      if (findings !== undefined) found.push({ subject: encounter, version, patient, findings });
    }
  }
  await replaceFindings(tx, { ...population, rule: rule.id }, [...new Set([...before, ...users.keys()])], found);
}

function asUser({ encounter, version, type, id, patient, bytes, encoding }: EncounterUser) {
  const fields = JSON.parse(received({ bytes, encoding }).toString('utf8')) as Resource;
  const time = unlessMisshapen(() => clinicalTime(fields), '');
  const expression = unlessMisshapen(() => encounterRefs({ version, type, id, time, fields, place: 'compartment' }).find((reference) => reference.id === encounter)?.expression(), undefined);
  return { version, type, patient, time, expression: expression ?? type };
}

async function judgeTokens(tx: Tx, population: Population): Promise<void> {
  const rule = identityTokenSharing;
  const before = await standingSubjects(tx, population.source, rule.id);
  const tokens = await sharedTokens(tx, population.source, (rule.parameters?.defaults as { share: number }).share);
  const found = tokens.flatMap(({ identifier, withToken, sharing }): PopulationFinding[] => {
    const judged = judgeCandidate(rule, { tokenSystem: '', withToken, sharing: sharing.map(({ version, place }) => ({ version, expression: `Patient.identifier[${place}]` })) });
    return sharing.flatMap(({ version, id }) => {
      const findings = judged.get(version);
      return findings === undefined ? [] : [{ subject: identifier, version, patient: id, findings }];
    });
  });
  await replaceFindings(tx, { ...population, rule: rule.id }, [...new Set([...before, ...tokens.map((one) => one.identifier)])], found);
}

async function judgeSpikes(tx: Tx, population: Population): Promise<void> {
  const rule = valueDefaultSpike;
  const { fewest, share } = rule.parameters?.defaults as { fewest: number; share: number };
  const before = await standingSubjects(tx, population.source, rule.id);
  const spikes = await valueSpikes(tx, population.source, population.run, before, fewest, share);
  const found: PopulationFinding[] = [];
  for (const spike of spikes) {
    const [code = '', unit] = spike.subject.split('|');
    const judged = judgeCandidate(rule, { ...spike, code, unit });
    const patients = await patientsOf(tx, [...judged.keys()]);
    for (const [version, findings] of judged) found.push({ subject: spike.subject, version, patient: patients.get(version) ?? '', findings });
  }
  await replaceFindings(tx, { ...population, rule: rule.id }, [...new Set([...before, ...spikes.map((spike) => spike.subject)])], found);
}

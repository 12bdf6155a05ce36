import type { Checker } from './checker.ts';
import { core } from './catalog.ts';
import { isObject, type JsonObject } from './run.ts';
import { claim } from './resource.ts';

/** LOINC codes whose Observations must follow a profile of the specification: http://hl7.org/fhir/R4/observation-vitalsigns.html */
const names: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel', '9279-1': 'resprate', '8867-4': 'heartrate', '2708-6': 'oxygensat', '59408-5': 'oxygensat', '8310-5': 'bodytemp', '8302-2': 'bodyheight', '8306-3': 'bodyheight',
  '9843-4': 'headcircum', '29463-7': 'bodyweight', '39156-5': 'bmi', '85354-9': 'bp', '96607-7': 'bp', '76534-7': 'bp', '55284-4': 'bp',
};
const profiles: ReadonlyMap<string, string> = new Map(Object.entries(names).map(([code, name]) => [code, core + name]));

/** An Observation with the code of a vital sign is checked against its profile, claimed or not. */
export const checkVitalSign = (checker: Checker, observation: JsonObject, done: ReadonlySet<string>): void => {
  const { code } = observation;
  if (!isObject(code) || !Array.isArray(code['coding'])) return;
  for (const coding of code['coding'] as readonly unknown[]) {
    if (!isObject(coding) || coding['system'] !== 'http://loinc.org' || typeof coding['code'] !== 'string') continue;
    const profile = profiles.get(coding['code']);
    if (profile === undefined || done.has(profile)) continue;
    if (checker.options.hints) checker.add({ rule: 'profile-vital-sign', severity: 'information', code: 'informational', messageId: 'VALIDATION_VAL_PROFILE_SIGNPOST_OBS',
      says: `The LOINC code makes this a vital sign, which must follow the profile ${profile}.` });
    checker.quiet++;
    claim(checker, observation, 'Observation', profile, -1);
    checker.quiet--;
    return;
  }
};

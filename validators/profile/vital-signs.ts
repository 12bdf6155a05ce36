import type { Checker } from './checker.ts';
import { core } from './catalog.ts';
import { isObject, type JsonObject } from './run.ts';
import { claim } from './resource.ts';

const loinc = 'http://loinc.org', snomed = 'http://snomed.info/sct';

/**
 * Codes whose Observations must follow a profile of the specification, by profile:
 * http://hl7.org/fhir/R4/observation-vitalsigns.html. The narrower LOINC codes and those of SNOMED CT are HL7's own
 * reading of it: org.hl7.fhir.validation, BasePolicyAdvisorForFullValidation. Not its 8480-6: the page has a systolic
 * pressure as a component, and many an EHR has it as an Observation of its own.
 */
const codes: readonly (readonly [profile: string, system: string, codes: string])[] = [
  ['vitalspanel', loinc, '85353-1'],
  ['resprate', loinc, '9279-1 76170-0 76172-6 76171-8 19840-8 33438-3 76270-8 11291-2'],
  ['heartrate', loinc, '8867-4 60978-4 73795-7 73799-9 76476-1 76477-9 8889-8 8890-6 8891-4 8892-2 8893-0 40443-4 55425-3 68999-2 11328-2 69000-8 8886-4'],
  ['oxygensat', loinc, '2708-6 59408-5 19224-5 20564-1 2709-4 2710-2 2713-6 51733-4 59417-6 89276-0 97549-0'],
  ['bodytemp', loinc, '8310-5 60834-9 60835-6 60836-4 60838-0 60955-2 61009-7 75539-7 75987-8 76010-8 76011-6 76278-1 8309-7 8328-7 8329-5 8330-3 8331-1 8332-9 8333-7 8334-5 91371-5 98657-0 98663-8'],
  ['bodyheight', loinc, '8302-2 8306-3 3137-7 3138-5 8308-9'],
  ['headcircum', loinc, '9843-4 8287-5'],
  ['bodyweight', loinc, '29463-7 3141-9 3142-7 75292-3 79348-9 8350-1 8351-9'],
  ['bmi', loinc, '39156-5 89270-3'],
  ['bp', loinc, '85354-9 35094-2 8459-0 76534-7 55284-4'],
  ['vitalspanel', snomed, '46680005'],
  ['resprate', snomed, '86290005 271625008 271306003'],
  ['heartrate', snomed, '249043002 444981005 399017001 251670001 429525003 429614003'],
  ['oxygensat', snomed, '442476006 431314004'],
  ['bodytemp', snomed, '386725007 276885007 300076005 1222808002 364246006 307047009 708499008 431598003 698831002 698832009 415882003 415974002 415929009 415945006'],
  ['bodyheight', snomed, '1153637007 1162419008 50373000 1162418000 1230278008 1162392001 1162417005'],
  ['headcircum', snomed, '363812007 169876006 1269262007 363811000'],
  ['bodyweight', snomed, '735395000 425024002 424927000 784399000 1162416001 1162415002'],
  ['bmi', snomed, '60621009'],
  ['bp', snomed, '251076008 163033001 163035008 386534000 386536003 271649006 271650006 407556006 407554009 716579001 399304008'],
];
const profilesOf = (of: string): ReadonlyMap<string, string> => new Map(codes.flatMap(([profile, system, list]) => (system === of ? list.split(' ').map((code) => [code, core + profile] as const) : [])));
const [byLoinc, bySnomed] = [profilesOf(loinc), profilesOf(snomed)];

/** An Observation with the code of a vital sign is checked against its profile, claimed or not. */
export const checkVitalSign = (checker: Checker, observation: JsonObject, done: ReadonlySet<string>): void => {
  const { code } = observation;
  if (!isObject(code) || !Array.isArray(code['coding'])) return;
  for (const coding of code['coding'] as readonly unknown[]) {
    if (!isObject(coding) || typeof coding['code'] !== 'string') continue;
    const { system } = coding;
    const profile = (system === loinc ? byLoinc : system === snomed ? bySnomed : undefined)?.get(coding['code']);
    if (profile === undefined || done.has(profile)) continue;
    if (checker.options.hints) checker.add({ rule: 'profile-vital-sign', severity: 'information', code: 'informational', messageId: 'VALIDATION_VAL_PROFILE_SIGNPOST_OBS',
      says: `The code makes this a vital sign, which must follow the profile ${profile}.` });
    checker.quiet++;
    claim(checker, observation, 'Observation', profile, -1);
    checker.quiet--;
    return;
  }
};

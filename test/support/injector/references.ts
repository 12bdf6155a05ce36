import { addChanged, amend, type Chart, type Defect, type Form } from '../../../sandbox/defects/defect.ts';
import { at, copyOf, isObject, listAt, textAt, type JsonObject } from '../../../sandbox/json-exact.ts';
import { concept, shifted, subjectOf, to, uris } from './words.ts';

const nobody = (chart: Chart): string => chart.random.id();
const reach = (resource: JsonObject, ...path: (string | number)[]): JsonObject | undefined => { const found = at(resource, ...path); return isObject(found) ? found : undefined; };
/** Puts a reference where one is. */
const repoint = (type: string, because: string, path: readonly (string | number)[], make: (chart: Chart, resource: JsonObject) => string | undefined): Form => amend(type, because, (resource, chart) => {
  const holder = reach(resource, ...path);
  const made = make(chart, resource);
  if (holder === undefined || made === undefined) return false;
  holder['reference'] = made;
  delete holder['type'];
});
const without = (type: string, element: string): Form => amend(type, `${type} lost its ${element}.`, (resource) => { if (resource[element] === undefined) return false; delete resource[element]; });
const other = (chart: Chart, resource: JsonObject): string | undefined => {
  const own = textAt(resource, subjectOf[String(resource['resourceType'])] ?? 'subject', 'reference')?.split('/').at(-1);
  const all = chart.patients.filter((id) => id !== own);
  return all[chart.random.below(all.length)];
};
/** Its subject becomes another patient; the encounter stays. */
const misfiled = (type: string): Form => amend(type, `${type} filed under another patient.`, (resource, chart) => {
  const element = subjectOf[type] ?? 'subject', who = other(chart, resource);
  const encounter = reach(resource, 'encounter') ?? reach(resource, 'context', 'encounter', 0) ?? reach(resource, 'item', 0, 'encounter', 0);
  const own = encounter && chart.resolve(textAt(encounter, 'reference'));
  if (who === undefined || own === undefined || textAt(own, 'subject', 'reference') === `Patient/${who}`) return false;
  const born = textAt(chart.resolve(`Patient/${who}`), 'birthDate') ?? '', time = textAt(own, 'period', 'start') ?? '';
  if (textAt(chart.resolve(`Patient/${who}`), 'deceasedDateTime') !== undefined || Date.parse(time) < Date.parse(born) + 400 * 86_400_000) return false;
  resource[element] = to('Patient', who);
});

export const references: readonly Defect[] = [
  { rule: 'reference-missing', forms: [without('Observation', 'subject'), without('Condition', 'subject'), without('Procedure', 'subject'), without('MedicationRequest', 'subject'), without('DiagnosticReport', 'subject'), without('Immunization', 'patient'), without('Encounter', 'subject'), without('AllergyIntolerance', 'patient')],
    nearMisses: [amend('MedicationRequest', 'No encounter, which need not be.', (one) => { delete one['encounter']; }), amend('Immunization', 'The subject as an absolute address.', (one) => { one['patient'] = { reference: textAt(one, 'patient', 'reference') ?? '', display: 'The patient' }; })] },
  { rule: 'reference-dangling',
    forms: [repoint('Observation', 'Its encounter is nowhere.', ['encounter'], (chart) => `Encounter/${nobody(chart)}`), repoint('MedicationRequest', 'Its reason is nowhere.', ['reasonReference', 0], (chart) => `Condition/${nobody(chart)}`), repoint('Claim', 'Its diagnosis is nowhere.', ['diagnosis', 0, 'diagnosisReference'], (chart) => `Condition/${nobody(chart)}`),
      repoint('DiagnosticReport', 'One result is nowhere.', ['result', 0], (chart) => `Observation/${nobody(chart)}`), repoint('CarePlan', 'Its condition is nowhere, a version is asked for.', ['addresses', 0], (chart) => `Condition/${nobody(chart)}/_history/2`), repoint('Procedure', 'Its encounter is nowhere.', ['encounter'], (chart) => `Encounter/${nobody(chart)}`),
      repoint('ExplanationOfBenefit', 'Its claim is nowhere.', ['claim'], (chart) => `Claim/${nobody(chart)}`), amend('Immunization', 'Its place is nowhere.', (one, chart) => { one['location'] = to('Location', nobody(chart)); })],
    nearMisses: [amend('Observation', 'A version of the encounter that is there.', (one) => { const it = reach(one, 'encounter'); if (it === undefined) return false; it['reference'] = `${String(it['reference'])}/_history/1`; }), amend('Procedure', 'A contained device.', (one) => { one['contained'] = [{ resourceType: 'Device', id: 'd' }]; one['focalDevice'] = [{ manipulated: { reference: '#d' } }]; }),
      amend('Condition', 'An identifier in place of a reference.', (one) => { one['asserter'] = { identifier: { system: uris.npi, value: '1234567893' }, display: 'Dr. Out' }; }), amend('MedicationRequest', 'Conditional, as a transaction resolves it.', (one) => { one['requester'] = { reference: `Practitioner?identifier=${uris.npi}|1234567893` }; })] },
  { rule: 'reference-target-type',
    forms: [repoint('Observation', 'Its subject is an organisation.', ['subject'], (chart) => nameOf(chart, 'Organization')), repoint('Condition', 'Its encounter is a patient.', ['encounter'], (_, one) => textAt(one, 'subject', 'reference')), repoint('MedicationRequest', 'Its requester is an encounter.', ['requester'], (_, one) => textAt(one, 'encounter', 'reference')),
      repoint('DiagnosticReport', 'A result is an encounter.', ['result', 0], (_, one) => textAt(one, 'encounter', 'reference')), repoint('Encounter', 'Its service provider is a practitioner.', ['serviceProvider'], (chart) => nameOf(chart, 'Practitioner')), amend('Procedure', 'Its report is an encounter.', (one) => { const ref = textAt(one, 'encounter', 'reference'); if (ref === undefined) return false; one['report'] = [{ reference: ref }]; }),
      amend('Immunization', 'Its place is an organisation.', (one, chart) => { one['location'] = { reference: nameOf(chart, 'Organization') ?? '' }; })],
    nearMisses: [amend('Observation', 'An organisation performed it.', (one, chart) => { one['performer'] = [{ reference: nameOf(chart, 'Organization') ?? '' }]; }), amend('Condition', 'The patient asserted it.', (one) => { one['asserter'] = one['subject'] ?? {}; }), amend('MedicationRequest', 'The patient reported it.', (one) => { one['reportedReference'] = one['subject'] ?? {}; })] },
  { rule: 'reference-subject-mismatch', forms: ['Observation', 'Procedure', 'Immunization', 'MedicationRequest', 'DiagnosticReport', 'CarePlan', 'ImagingStudy'].map(misfiled) as unknown as Defect['forms'],
    nearMisses: [amend('Observation', 'The encounter is named by version.', (one) => { const it = reach(one, 'encounter'); if (it === undefined) return false; it['reference'] = `${String(it['reference'])}/_history/1`; }), amend('Observation', 'The subject is named by version.', (one) => { const it = reach(one, 'subject'); if (it === undefined) return false; it['reference'] = `${String(it['reference'])}/_history/1`; })] },
  { rule: 'reference-report-result-mismatch',
    forms: [0, 1, 2].map((place): Form => amend('DiagnosticReport', `Result ${place} is another patient’s.`, (report, chart) => {
      const who = other(chart, report), results = listAt(report, 'result');
      if (who === undefined || results[place] === undefined) return false;
      const theirs = chart.around({ resourceType: 'Observation', subject: to('Patient', who) }, 'Observation').find((one) => textAt(one, 'subject', 'reference') === `Patient/${who}`);
      if (theirs === undefined) return false;
      results[place] = to('Observation', String(theirs['id']));
    })) as unknown as Defect['forms'],
    nearMisses: [amend('DiagnosticReport', 'A result more of the same patient.', (report, chart) => { const own = chart.around(report, 'Observation')[0]; if (own === undefined || listAt(report, 'result').length === 0) return false; report['result'] = [...listAt(report, 'result'), to('Observation', String(own['id']))]; })] },
  { rule: 'reference-orphan-provider',
    forms: [amend('Observation', 'The performer is nobody.', (one, chart) => { one['performer'] = [to('Practitioner', nobody(chart))]; }), repoint('MedicationRequest', 'The requester is nobody.', ['requester'], (chart) => `Practitioner/${nobody(chart)}`), repoint('Claim', 'The provider is nobody.', ['provider'], (chart) => `Organization/${nobody(chart)}`),
      amend('Procedure', 'The performer is nobody.', (one, chart) => { one['performer'] = [{ actor: to('Practitioner', nobody(chart)) }]; }), repoint('Encounter', 'Who took part is nobody.', ['participant', 0, 'individual'], (chart) => `PractitionerRole/${nobody(chart)}`), repoint('Encounter', 'The provider is nobody.', ['serviceProvider'], (chart) => `Organization/${nobody(chart)}`),
      amend('DiagnosticReport', 'The performer is nobody.', (one, chart) => { one['performer'] = [to('Organization', nobody(chart))]; }), amend('Immunization', 'Who gave it is nobody.', (one, chart) => { one['performer'] = [{ actor: to('Practitioner', nobody(chart)) }]; })],
    nearMisses: [amend('Observation', 'The patient performed it.', (one) => { one['performer'] = [one['subject'] ?? {}]; }), amend('Procedure', 'A contained performer.', (one) => { one['contained'] = [{ resourceType: 'Practitioner', id: 'p' }]; one['performer'] = [{ actor: { reference: '#p' } }]; }), amend('DiagnosticReport', 'A performer by name only.', (one) => { one['performer'] = [{ display: 'Central laboratory' }]; })] },
  { rule: 'duplicate-content',
    forms: ['Observation', 'Immunization', 'Condition', 'MedicationRequest', 'Procedure', 'DiagnosticReport'].map((type, n): Form => addChanged(type, `The same ${type} under another id.`, (copy) => { copy['meta'] = n % 2 === 0 ? { lastUpdated: '2026-10-01T00:00:00Z', versionId: '7' } : { source: 'urn:feed:2' }; })) as unknown as Defect['forms'],
    nearMisses: [addChanged('Observation', 'The same value a minute later.', (copy) => { if (textAt(copy, 'effectiveDateTime') === undefined) return false; copy['effectiveDateTime'] = shifted(String(copy['effectiveDateTime']), 1 / 1440); }), addChanged('Immunization', 'Another lot of the vaccine.', (copy) => { copy['lotNumber'] = 'X-77'; }), addChanged('Observation', 'A component more.', (copy) => { if (copy['valueQuantity'] === undefined) return false; copy['note'] = [{ text: 'Repeat drawn' }]; })] },
  { rule: 'duplicate-encounter-disagrees',
    forms: ([['Another end.', (e: JsonObject) => { const period = reach(e, 'period'); if (period === undefined) return false; period['end'] = shifted(String(period['end']), 2); }], ['Another class.', (e: JsonObject) => { e['class'] = { system: uris.class, code: textAt(e, 'class', 'code') === 'AMB' ? 'OBSENC' : 'AMB' }; }], ['Another start.', (e: JsonObject) => { const period = reach(e, 'period'); if (period === undefined) return false; period['start'] = shifted(String(period['start']), -2); }],
      ['Another diagnosis.', (e: JsonObject) => { const list = listAt(e, 'diagnosis'); if (list.length === 0) return false; e['diagnosis'] = [list[0]!]; return list.length > 1; }]] as const).map(([because, change]): Form => ({ type: 'Encounter', because, plant(encounter, chart) {
      const identifier = [{ system: 'urn:oid:2.16.840.1.113883.19.77', value: `V${nobody(chart).slice(0, 8)}` }];
      const copy = copyOf(encounter);
      if (change(copy) === false) return undefined;
      encounter['identifier'] = identifier; copy['identifier'] = identifier;
      return [{ how: 'amend', resource: encounter }, { how: 'add', resource: { ...copy, id: nobody(chart) }, carries: true }];
    } })) as unknown as Defect['forms'],
    nearMisses: [{ type: 'Encounter', because: 'Two visits of the same length, each with its number.', plant(encounter, chart) {
      const copy = copyOf(encounter), period = reach(copy, 'period');
      if (period === undefined) return undefined;
      for (const edge of ['start', 'end']) period[edge] = shifted(String(period[edge]), 3);
      encounter['identifier'] = [{ system: 'urn:oid:2.16.840.1.113883.19.77', value: 'A1' }]; copy['identifier'] = [{ system: 'urn:oid:2.16.840.1.113883.19.77', value: 'A2' }];
      return [{ how: 'amend', resource: encounter }, { how: 'add', resource: { ...copy, id: nobody(chart) }, carries: true }];
    } }] },
  { rule: 'duplicate-version',
    forms: ([['Observation', (one: JsonObject) => { const it = reach(one, 'valueQuantity'); if (it === undefined) return false; it['value'] = 77; }], ['Condition', (one: JsonObject) => { one['note'] = [{ text: 'changed' }]; }], ['Procedure', (one: JsonObject) => { one['status'] = 'in-progress'; }], ['Patient', (one: JsonObject) => { one['telecom'] = [{ system: 'phone', value: '207-555-0199' }]; }], ['Immunization', (one: JsonObject) => { one['lotNumber'] = 'L2'; }]] as const).map(([type, change]): Form => ({ type, because: `${type}: the same version number with other content.`, plant(before) {
      const after = copyOf(before);
      if (change(after) === false) return undefined;
      before['meta'] = { versionId: '3', lastUpdated: '2026-02-01T00:00:00Z' }; after['meta'] = { versionId: '3', lastUpdated: '2026-02-01T00:00:00Z' };
      return [{ how: 'amend', resource: before }, { how: 'reissue', resource: after, carries: true }];
    } })) as unknown as Defect['forms'],
    nearMisses: [{ type: 'Observation', because: 'The next version number.', plant(before) { const after = copyOf(before); after['note'] = [{ text: 'seen' }]; before['meta'] = { versionId: '3' }; after['meta'] = { versionId: '4' }; return [{ how: 'amend', resource: before }, { how: 'reissue', resource: after, carries: true }]; } }] },
  { rule: 'status-withdrawn',
    forms: [...(['Observation', 'Procedure', 'Immunization', 'DiagnosticReport', 'MedicationRequest', 'Encounter', 'ImagingStudy'] as const).map((type): Form => amend(type, `${type} entered in error.`, (one) => { one['status'] = 'entered-in-error'; })), amend('Condition', 'A condition entered in error.', (one) => { one['verificationStatus'] = concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'entered-in-error'); delete one['clinicalStatus']; }),
      amend('AllergyIntolerance', 'An allergy entered in error.', (one) => { one['verificationStatus'] = concept('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'entered-in-error'); delete one['clinicalStatus']; }), amend('DocumentReference', 'A note entered in error.', (one) => { one['docStatus'] = 'entered-in-error'; })] as unknown as Defect['forms'],
    nearMisses: [amend('Observation', 'Cancelled is not withdrawn.', (one) => { one['status'] = 'cancelled'; }), amend('Condition', 'Refuted is a finding.', (one) => { one['verificationStatus'] = concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'refuted'); }), amend('MedicationRequest', 'Stopped is not withdrawn.', (one) => { one['status'] = 'stopped'; })] },
];
function nameOf(chart: Chart, type: string): string | undefined { for (const { id } of chart.store.current(type)) return `${type}/${id}`; return undefined; }

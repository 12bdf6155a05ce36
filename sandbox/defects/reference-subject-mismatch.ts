import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { daysOn, isObject, textAt, type JsonObject } from './touch.ts';

const anotherPatient = (resource: JsonObject, { patients, random, resolve }: Chart): string | undefined => {
  const element = resource['subject'] === undefined ? 'patient' : 'subject';
  const others = patients.filter((id) => `Patient/${id}` !== textAt(resource, element, 'reference'));
  const other = others[random.below(others.length)];
  // A child of those days may rightly be in its mother's encounter.
  return other !== undefined && (textAt(resolve(`Patient/${other}`), 'birthDate') ?? '9') < '2020' ? `Patient/${other}` : undefined;
};
/** Under another patient than its encounter. */
const form = (type: string, because: string, encounter: (resource: JsonObject) => string | undefined = (resource) => textAt(resource, 'encounter', 'reference')): Form => amend(type, because, (resource, chart) => {
  const element = resource['subject'] === undefined ? 'patient' : 'subject';
  const subject = resource[element], other = anotherPatient(resource, chart);
  const own = chart.resolve(encounter(resource));
  if (!isObject(subject) || other === undefined || own === undefined || (textAt(chart.resolve(textAt(own, 'subject', 'reference')), 'birthDate') ?? '9') > '2020') return false;
  subject['reference'] = other;
  return true;
});

export const referenceSubjectMismatch: Defect = {
  rule: 'reference-subject-mismatch',
  forms: [
    form('Observation', 'Filed under another patient than its encounter.'), form('Condition', 'A diagnosis of another patient’s encounter.'), form('DocumentReference', 'A note of another patient’s encounter.', (note) => textAt(note, 'context', 'encounter', 0, 'reference')),
    form('MedicationRequest', 'An order in another patient’s encounter.'), form('MedicationAdministration', 'A drug given in another patient’s stay.', (given) => textAt(given, 'context', 'reference')), form('Claim', 'A bill for another patient’s encounter.', (claim) => textAt(claim, 'item', 0, 'encounter', 0, 'reference')),
    form('Procedure', 'An operation in another patient’s stay.'),
  ],
  nearMisses: [
    {
      type: 'Observation', because: 'The patient named with a version.',
      plant(observation) {
        const at = textAt(observation, 'subject', 'reference');
        return at === undefined ? undefined : [{ how: 'amend', resource: { ...observation, subject: { reference: `${at}/_history/1` } }, carries: true }];
      },
    },
    {
      type: 'Observation', because: 'In the encounter of a patient to whom a link joins it.',
      plant(observation, chart) {
        const other = anotherPatient(observation, chart), own = textAt(observation, 'subject', 'reference');
        const patient = chart.resolve(other);
        if (other === undefined || own === undefined || patient === undefined || !isObject(observation['subject']) || chart.resolve(textAt(observation, 'encounter', 'reference')) === undefined) return undefined;
        return [{ how: 'amend', resource: { ...observation, subject: { reference: other } }, carries: true }, { how: 'amend', resource: { ...patient, link: [{ type: 'seealso', other: { reference: own } }] } }];
      },
    },
    {
      type: 'Observation', because: 'Of a child, in the mother’s encounter, days after birth.',
      plant(observation, chart) {
        const encounter = chart.resolve(textAt(observation, 'encounter', 'reference')), at = textAt(encounter, 'period', 'start');
        if (at === undefined) return undefined;
        const child: JsonObject = { resourceType: 'Patient', id: chart.random.id(), name: [{ family: 'Newborn', given: ['Ida'] }], birthDate: daysOn(at.slice(0, 10), -2) };
        return [{ how: 'add', resource: child }, { how: 'add', resource: { ...observation, id: chart.random.id(), subject: { reference: `Patient/${String(child['id'])}` }, effectiveDateTime: at }, carries: true }];
      },
    },
  ],
};

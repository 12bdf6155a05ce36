import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { isObject, part, textAt, type JsonObject } from './touch.ts';

const form = (type: string, because: string, change: (resource: JsonObject, chart: Chart) => unknown): Form => amend(type, because, change);
/** Makes the reference of an element point somewhere else. */
const point = (holder: JsonObject | undefined, name: string, reference: string): unknown => {
  const found = holder?.[name];
  return isObject(found) && typeof found['reference'] === 'string' && Object.assign(found, { reference });
};

export const referenceDangling: Defect = {
  rule: 'reference-dangling',
  forms: [
    form('DiagnosticReport', 'It names an encounter that is nowhere.', (report, { random }) => point(report, 'encounter', `Encounter/${random.id()}`)), form('Observation', 'A result of an encounter that is nowhere.', (one, { random }) => point(one, 'encounter', `Encounter/${random.id()}`)),
    form('DiagnosticReport', 'One of its results is nowhere.', (report, { random }) => point({ result: part(report, 'result', 0) ?? '' }, 'result', `Observation/${random.id()}`)), form('Encounter', 'Its diagnosis is nowhere.', (encounter, { random }) => point(part(encounter, 'diagnosis', 0), 'condition', `Condition/${random.id()}`)),
    form('MedicationAdministration', 'The order it carries out is nowhere.', (given, { random }) => point(given, 'request', `MedicationRequest/${random.id()}`)), form('Observation', 'A name that only a transaction knows.', (one, { random }) => point(one, 'encounter', `urn:uuid:${random.id()}`)),
    form('Condition', 'Something contained that is not there.', (condition) => { condition['recorder'] = { reference: '#nobody' }; }), form('Observation', 'A version of an encounter that is nowhere.', (one, { random }) => point(one, 'encounter', `Encounter/${random.id()}/_history/2`)),
  ],
  nearMisses: [
    form('Condition', 'Something contained that is there.', (condition) => { condition['contained'] = [{ resourceType: 'Practitioner', id: 'a' }]; condition['recorder'] = { reference: '#a' }; }),
    form('Observation', 'A version of an encounter that is there.', (one) => { const at = textAt(one, 'encounter', 'reference'); return at !== undefined && /^Encounter\/[^/?]+$/.test(at) && point(one, 'encounter', `${at}/_history/1`); }),
    form('Condition', 'Only a display.', (condition) => { condition['recorder'] = { display: 'Dr. Somebody' }; }), form('Condition', 'Named by an identifier.', (condition) => { condition['recorder'] = { identifier: { system: 'urn:x', value: '1' } }; }),
    form('Observation', 'On another server, which nobody asked.', (one, { random }) => point(one, 'encounter', `Encounter?identifier=urn:x|${random.id()}`)),
  ],
};

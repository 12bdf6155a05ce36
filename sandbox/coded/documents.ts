import { noteScribe, modelSystem } from '../defects/ai-models.ts';
import type { JsonObject } from '../json-exact.ts';
import { drugs } from './diagnoses.ts';
import type { Event } from './encounter.ts';
import { examOf, familyOf, historyOf, layouts, reviewOf, ruledOutOf, socialOf, textOf, type Layout, type NotePart } from './notes.ts';
import { pick } from './people.ts';
import { concept, later, refer, systems } from './record.ts';

const noteTypes = { admission: ['34117-2', 'History and physical note'], discharge: ['18842-5', 'Discharge summary'], progress: ['11506-3', 'Progress note'], emergency: ['34878-9', 'Emergency medicine Note'] } as const;
// As a note calls a result, without its unit.
const spoken: Readonly<Record<string, string>> = { '6690-2': 'WBC', '2160-0': 'creatinine', '2951-2': 'sodium', '2823-3': 'potassium', '718-7': 'hemoglobin', '2524-7': 'lactate', '4548-4': 'A1c' };

const plansOf = ({ found }: Event): string[] => found.map(({ stated, diagnosis }, at) => `${at + 1}. ${stated}. ${diagnosis.plan}`);
const resultsOf = ({ results }: Event): string => {
  const told = results.flatMap(([loinc, value]) => (spoken[loinc] === undefined ? [] : [`${spoken[loinc]} ${value}`]));
  return told.length === 0 ? 'Laboratory values reviewed.' : `${told.join(', ')}.`;
};
const medicationsOf = ({ found }: Event): string => {
  const names = [...new Set(found.flatMap(({ diagnosis }) => diagnosis.drugs ?? []))].map((name) => drugs[name]?.[1] ?? name);
  return names.length === 0 ? 'None.' : `${names.join('\n')}`;
};

function admission(event: Event): NotePart[] {
  const { random, who, age, scenario } = event;
  return [['Chief Complaint', scenario.complaint], ['History of Present Illness', historyOf(random, who, age, scenario.complaint)], ['Review of Systems', reviewOf(random)],
    ['Family History', familyOf(random)], ['Social History', socialOf(random)], ['Physical Exam', examOf(random)], ['Results', resultsOf(event)], ['Assessment and Plan', ...plansOf(event), ruledOutOf(random)]];
}

function discharge(event: Event): NotePart[] {
  const { random, who, age, scenario, found, done } = event;
  return [['Admission Diagnosis', scenario.complaint], ['Discharge Diagnoses', ...found.map(({ stated }, at) => `${at + 1}. ${stated}`)], ...(done === undefined ? [] : [['Procedures', done.told] as NotePart]),
    ['Hospital Course', `${who.given} ${who.family}, ${age} years old, improved under treatment. ${ruledOutOf(random)}`], ['Discharge Medications', medicationsOf(event)], ['Physical Exam', examOf(random)],
    ['Disposition', pick(random, ['Home with family', 'Home with visiting nurse', 'Home', 'Skilled nursing facility for a week'])]];
}

function visit(event: Event): NotePart[] {
  const { random, who, age, scenario, done } = event;
  return [['Chief Complaint', scenario.complaint], ['HPI', historyOf(random, who, age, scenario.complaint)], ['ROS', reviewOf(random)], ['Exam', examOf(random)], ['Results', resultsOf(event)],
    ...(done === undefined ? [] : [['Procedure', done.told] as NotePart]), ['Assessment and Plan', ...plansOf(event)]];
}

/** The notes of an encounter, signed; `ai`: a model drafted the visit's, and a clinician read and signed it. */
export function documents(event: Event, ai: boolean): JsonObject[] {
  const { random, scenario, start, end } = event;
  const layout = pick(random, layouts);
  if (scenario.setting !== 'inpatient') {
    const at = later(end, 0.3);
    const kind = scenario.setting === 'emergency' ? 'emergency' : 'progress';
    return ai ? drafted(event, at) : [document(event, kind, at, visit(event), layout)];
  }
  const summary = discharge(event);
  return [document(event, 'admission', later(start, 3), admission(event), layout),
    random.share() < 0.3 ? composition(event, later(end, 1), summary) : document(event, 'discharge', later(end, 1), summary, pick(random, layouts))];
}

function document({ random, who, id, start, end, doctor }: Event, kind: keyof typeof noteTypes, date: string, parts: readonly NotePart[], layout: Layout, more: JsonObject = {}): JsonObject {
  const { contentType, text } = textOf(parts, layout);
  const [code, title] = noteTypes[kind];
  const signer = refer('Practitioner', String(doctor['id']));
  return { resourceType: 'DocumentReference', id: random.id(), status: 'current', docStatus: 'final', type: concept(systems.loinc, code, title), subject: refer('Patient', who.id), date, author: [signer], authenticator: signer,
    content: [{ attachment: { contentType, data: Buffer.from(text).toString('base64') } }], context: { encounter: [refer('Encounter', id)], period: { start, end } }, ...more };
}

const escape = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function composition({ random, who, id, doctor, staff }: Event, date: string, parts: readonly NotePart[]): JsonObject {
  const signer = refer('Practitioner', String(doctor['id']));
  return { resourceType: 'Composition', id: random.id(), status: 'final', type: concept(systems.loinc, noteTypes.discharge[0], noteTypes.discharge[1]), subject: refer('Patient', who.id), encounter: refer('Encounter', id), date, author: [signer],
    title: 'Discharge summary', attester: [{ mode: 'legal', time: later(date, 0.5), party: signer }], custodian: refer('Organization', String(staff.hospital['id'])),
    section: parts.map(([title, ...lines]) => ({ title, text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${lines.map((line) => `<p>${escape(line)}</p>`).join('')}</div>` } })) };
}

function drafted(event: Event, at: string): JsonObject[] {
  const { random, doctor } = event;
  const device: JsonObject = {
    resourceType: 'Device', id: 'coded-scribe', identifier: [{ system: modelSystem, value: noteScribe.value }], status: 'active', modelNumber: noteScribe.value, deviceName: [{ name: noteScribe.name, type: 'model-name' }],
    version: [{ value: noteScribe.version }], type: { coding: [{ system: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS', code: 'Artificial-Intelligence' }] } };
  const label: JsonObject = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST', display: 'Artificial Intelligence asserted' };
  const note = document(event, 'progress', at, visit(event), pick(random, layouts), { meta: { security: [label] }, author: [refer('Device', 'coded-scribe')] });
  const target = [refer('DocumentReference', String(note['id']))];
  const provenance = (hours: number, role: string, who: JsonObject, reason: JsonObject): JsonObject => ({ resourceType: 'Provenance', id: random.id(), target, recorded: later(at, hours), ...reason,
    agent: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: role }] }, who }] });
  return [device, note, provenance(0, 'assembler', refer('Device', 'coded-scribe'), { reason: [{ coding: [label] }] }), provenance(1, 'verifier', refer('Practitioner', String(doctor['id'])), {})];
}

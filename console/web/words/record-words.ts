import { clockless, shortDate, shortTime } from './time-words.ts';

/** Types of record whose FHIR name says little to who reads charts. */
const typeNames: Readonly<Record<string, string>> = {
  DocumentReference: 'Note', Composition: 'Document', Claim: 'Claim', ExplanationOfBenefit: 'Benefit statement', Observation: 'Measurement or finding',
  Condition: 'Problem or diagnosis', MedicationRequest: 'Order of a drug', MedicationAdministration: 'Drug given', ServiceRequest: 'Order', DiagnosticReport: 'Report',
  Provenance: 'Who made it, and how', Device: 'Device or software', AllergyIntolerance: 'Allergy',
};

/** `CarePlan` → Care plan */
export const typeWords = (type: string): string => typeNames[type] ?? type.charAt(0) + type.slice(1).replace(/([A-Z])/g, ' $1').toLowerCase();

/** `Patient.name[0].family` → name › family: where in a record, for who reads charts. */
export const placeWords = (expression: string): string => expression.replace(/\[\d+\]|\.ofType\(\w+\)/g, '').split('.').slice(1)
  .map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()).join(' › ') || 'the record as a whole';

/** What a line says, as people write it: times in the reader's zone, a reference by its type. */
export function saidWords(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return shortDate(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return `${clockless(text)}, ${timeOf(text)}`;
  if (/^[\d:TZ.+-]{10,} – [\d:TZ.+-]{10,}$/.test(text)) return text.split(' – ').map(saidWords).join(' – ');
  const [, type, id] = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/.exec(text) ?? [];
  return type === undefined || id === undefined ? text : `${typeWords(type)} ${id.length > 16 ? `${id.slice(0, 8)}…` : id}`;
}

const timeOf = (instant: string): string => shortTime(instant, Date.parse(instant));

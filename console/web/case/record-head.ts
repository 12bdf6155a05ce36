import { isFields, type Fields, type Json } from './clinical-lines.ts';

/** Elements that say when, in the order in which they say it best: https://hl7.org/fhir/R4/fivews.html (done, recorded, planned). */
const times = ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'onsetDateTime', 'onsetPeriod', 'occurrenceDateTime', 'occurrencePeriod', 'performedDateTime', 'performedPeriod',
  'period', 'date', 'authoredOn', 'recordedDate', 'recorded', 'issued', 'billablePeriod', 'created'];
/** Elements that say who, by the same pattern (author, actor, source). */
const people = ['author', 'performer', 'recorder', 'asserter', 'requester', 'prescriber', 'provider', 'agent', 'practitioner', 'participant'];

export type Head = { readonly at?: string; readonly by?: string };

/** When and by whom the record says that it was made. */
export function headOf(resource: unknown): Head {
  if (!isFields(resource as Json)) return {};
  const fields = resource as Fields;
  const at = times.map((name) => instantOf(fields[name])).find((one) => one !== undefined);
  const by = people.map((name) => personOf(fields[name])).find((one) => one !== undefined);
  return { ...(at === undefined ? {} : { at }), ...(by === undefined ? {} : { by }) };
}

const instantOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : isFields(value) && typeof value['start'] === 'string' ? value['start'] : undefined;

function personOf(value: Json | undefined): string | undefined {
  const [one] = Array.isArray(value) ? value as readonly Json[] : [value];
  if (!isFields(one)) return undefined;
  const reference = [one['actor'], one['who'], one['individual'], one].find((inner) => isFields(inner) && ('display' in inner || 'reference' in inner));
  if (!isFields(reference)) return undefined;
  return typeof reference['display'] === 'string' ? reference['display'] : typeof reference['reference'] === 'string' ? reference['reference'] : undefined;
}

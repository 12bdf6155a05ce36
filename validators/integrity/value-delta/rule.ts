import type { Observation, Patient } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/unit-factors.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { safeUnit } from '../reading/cause.ts';
import { measureOf } from '../reading/measures.ts';
import { day, moment } from '../reading/moments.ts';
import { valueIn } from '../reading/quantities.ts';
import { wrong } from '../say.ts';
import { isPlausible } from '../templates/plausible-range.ts';

type Last = { readonly value: number; readonly version: string; readonly at: number };
type State = { readonly patient: string; born: number | undefined; readonly last: Map<string, Last>; readonly said: Said[] };

const near = 0.03;
const close = (one: number, other: number): boolean => Math.abs(one / other - 1) <= near;
const fahrenheit = (celsius: number): number => celsius * 1.8 + 32;

/** The factor between two values; temperature has a line of its own. */
function factorOf(value: number, last: number, temperature: boolean): (typeof table.rows)[number] | 'temperature' | undefined {
  if (temperature) return close(value, fahrenheit(last)) || close(last, fahrenheit(value)) ? 'temperature' : undefined;
  if (value <= 0 || last <= 0) return undefined;
  return table.rows.find((row) => close(value / last, row.factor) || close(last / value, row.factor));
}

export const valueDelta = patientRule<State>({
  id: 'value-delta', version: 3, category: 'temporal plausibility', owner: 'mapping',
  title: 'A jump by a unit’s factor', why: 'The value is in another unit than it says: doses by weight and every trend built on it are wrong.',
  variants: { biological: 'A jump by ten or more whose value is plausible: mostly the patient, rarely the unit' },
  sources: ['https://ucum.org/ucum', 'Clin Chem 1979;25:2034'],
  reads: { Patient: ['birthDate'], Observation: ['code', 'status', 'valueQuantity'] },
  start: (view) => ({ patient: view.patient, born: undefined, last: new Map(), said: [] }),
  step(state, entry) {
    if (entry.type === 'Patient') {
      if (entry.id === state.patient) state.born = moment((entry.fields as Partial<Patient>).birthDate)?.from;
      return;
    }
    const { code, status, valueQuantity: quantity } = entry.fields as Partial<Observation>;
    const measure = measureOf(code);
    const at = moment(entry.time)?.from;
    if (measure?.unit === undefined || at === undefined || entry.place !== 'compartment' || status === 'entered-in-error') return;
    const value = valueIn(quantity, measure.unit.ucum);
    if (value === undefined) return;
    const last = state.last.get(measure.code);
    const factor = last === undefined ? undefined : factorOf(value, last.value, measure.unit.ucum === 'Cel');
    const age = state.born === undefined ? undefined : Math.max(0, (at - state.born) / day);
    const implausible = isPlausible({ measure, quantity }, age) === false || (typeof factor === 'object' && last !== undefined
      && (factor.unlikely ?? []).includes(measure.code) && age !== undefined && age > 3 * 365 && at - last.at < 365 * day);
    // An error is not what the next value is compared with.
    if (factor === undefined || last === undefined || !implausible) state.last.set(measure.code, { value, version: entry.version, at });
    if (factor === undefined || last === undefined || (!implausible && (factor === 'temperature' || factor.factor < 10))) return;
    state.said.push(wrong('Observation.value', implausible ? 'This value differs from the last by the factor between two units and is implausible in the unit it states.'
      : 'This value differs from the last by the factor between two units, and both are plausible.',
    { version: entry.version, cause: `loinc ${measure.code} in ${safeUnit(quantity?.code)}`, ...(implausible ? {} : { variant: 'biological' }),
      evidence: [{ version: last.version, expression: 'Observation.value', role: 'against' }] }));
  },
  end: (state) => state.said,
});

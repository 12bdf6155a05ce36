import type { Observation, Patient } from '@medplum/fhirtypes';
import type { PatientRule, RuleFacts, Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { safeUnit } from '../reading/cause.ts';
import { day, moment } from '../reading/moments.ts';
import { rangeOf } from '../reading/plausible-ranges.ts';
import { unitStated } from '../reading/quantities.ts';
import { convert } from '../reading/units.ts';
import { wrong } from '../say.ts';
import { measuredValues, type Measured } from './measured-values.ts';

type State = { readonly patient: string; born: number | undefined; readonly said: Said[] };
type Stated = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & { readonly looksAt: (measured: Measured) => boolean };

/** Whether a value, converted to the table's unit, lies in the plausible range for the age; undefined when nobody can tell. */
export function isPlausible({ measure, quantity }: Pick<Measured, 'measure' | 'quantity'>, ageDays: number | undefined): boolean | undefined {
  const range = measure === undefined ? undefined : rangeOf(measure.code, ageDays);
  const unit = quantity === undefined ? undefined : unitStated(quantity);
  if (range === undefined || quantity?.value === undefined || unit === undefined) return undefined;
  // A unit that means the same though its family is another is not converted: enzymes in IU.
  const value = convert(quantity.value, unit, range.unit) ?? (measure?.also.some((one) => one.family === unit.family) === true ? quantity.value : undefined);
  return value === undefined ? undefined : value >= range.low && value <= range.high;
}

// At patient scope, though the catalogue says resource: the range goes by age.
export const plausibleRangeRule = ({ looksAt, ...facts }: Stated): PatientRule<State> => patientRule<State>({
  ...facts, category: 'atemporal plausibility', owner: 'documentation',
  reads: { Patient: ['birthDate'], Observation: ['code', 'status', 'valueQuantity', 'component', 'effectiveDateTime'] },
  start: (view) => ({ patient: view.patient, born: undefined, said: [] }),
  step(state, entry) {
    if (entry.type === 'Patient') {
      if (entry.id === state.patient) state.born = moment((entry.fields as Partial<Patient>).birthDate)?.from;
      return;
    }
    if (entry.place !== 'compartment') return;
    const at = moment(entry.time)?.to;
    const age = at === undefined || state.born === undefined ? undefined : Math.max(0, (at - state.born) / day);
    for (const measured of measuredValues(entry.fields as Partial<Observation>)) {
      if (!looksAt(measured) || isPlausible(measured, age) !== false) continue;
      state.said.push(wrong(`${measured.path}.value`, 'This value lies outside what is plausible for the code at this age; check the entry and its unit.',
        { version: entry.version, cause: `loinc ${measured.measure?.code} in ${safeUnit(measured.quantity?.code ?? measured.quantity?.unit)}` }));
    }
  },
  end: (state) => state.said,
});

import type { Observation } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { measureOf } from '../reading/measures.ts';
import { valueIn } from '../reading/quantities.ts';
import { wrong } from '../say.ts';

type Measured = { readonly value: number; readonly version: string };
type Together = { readonly bmi: Measured[]; readonly kg: Measured[]; readonly cm: Measured[] };
type State = Map<string, Together>;

// LOINC codes and the unit each is compared in.
const codes: Readonly<Record<string, readonly [as: keyof Together, unit: string]>> = {
  '39156-5': ['bmi', 'kg/m2'], '29463-7': ['kg', 'kg'], '3141-9': ['kg', 'kg'], '8350-1': ['kg', 'kg'], '8351-9': ['kg', 'kg'],
  '8302-2': ['cm', 'cm'], '8306-3': ['cm', 'cm'], '3137-7': ['cm', 'cm'], '8308-9': ['cm', 'cm'] };
const tolerance = 0.05;

export const valueBmiDisagrees = patientRule<State>({
  id: 'value-bmi-disagrees', version: 3, category: 'computational conformance', owner: 'documentation',
  title: 'A BMI that does not follow from weight and height', why: 'One of the three was mistyped, or stands in another unit than it says.',
  sources: ['https://loinc.org/39156-5 (weight in kg over height in m, squared)'],
  parameters: { schema: { type: 'object', properties: { tolerance: { type: 'number' } }, required: ['tolerance'] }, defaults: { tolerance } },
  reads: { Observation: ['code', 'valueQuantity', 'encounter', 'status', 'effectiveDateTime'] },
  start: () => new Map(),
  step(state, entry) {
    const observation = entry.fields as Partial<Observation>;
    const row = codes[measureOf(observation.code)?.code ?? ''];
    if (row === undefined || entry.place !== 'compartment' || observation.status === 'entered-in-error') return;
    const value = valueIn(observation.valueQuantity, row[1]);
    // Measured in one encounter; where none is named, on one day.
    const together = encounterOf(entry) ?? entry.time.slice(0, 10);
    if (value === undefined || together === '') return;
    const known = state.get(together) ?? { bmi: [], kg: [], cm: [] };
    known[row[0]].push({ value, version: entry.version });
    state.set(together, known);
  },
  end: (state) => [...state.values()].flatMap(({ bmi, kg, cm }) => bmi.flatMap((stated): Said[] => {
    if (kg.length === 0 || cm.length === 0) return [];
    // Weighed twice, either may be the one that was used.
    const agrees = kg.some((weight) => cm.some((height) => Math.abs(stated.value / (weight.value / (height.value / 100) ** 2) - 1) <= tolerance));
    return agrees ? [] : [wrong('Observation.value', 'This BMI is more than a twentieth off what weight and height of the same encounter give.', {
      version: stated.version, cause: 'loinc 39156-5',
      evidence: [...kg, ...cm].map((other) => ({ version: other.version, expression: 'Observation.value', role: 'against' as const })) })];
  })),
});

import { amend, type Defect } from './defect.ts';
import { codingIn, componentOf, measure, part, systems, valueOf, type JsonObject } from './touch.ts';

const both = (observation: JsonObject): { high: JsonObject; low: JsonObject } | undefined => {
  const [high, low] = [componentOf(observation, '8480-6'), componentOf(observation, '8462-4')];
  return high !== undefined && low !== undefined && valueOf(high) > valueOf(low) ? { high, low } : undefined;
};
const form = (because: string, change: (pair: { high: JsonObject; low: JsonObject }, observation: JsonObject) => void) => amend('Observation', because, (observation) => {
  const pair = both(observation);
  if (pair === undefined) return false;
  change(pair, observation);
  return true;
});
const swap = ({ high, low }: { high: JsonObject; low: JsonObject }): void => {
  [high['valueQuantity'], low['valueQuantity']] = [low['valueQuantity'] ?? '', high['valueQuantity'] ?? ''];
};
function recode({ high, low }: { high: JsonObject; low: JsonObject }, codes: readonly [string, string]): void {
  for (const [component, code] of [[high, codes[0]], [low, codes[1]]] as const) Object.assign(codingIn(part(component, 'code'), systems.loinc) ?? {}, { code, display: '' });
}

export const valueBloodPressure: Defect = {
  rule: 'value-blood-pressure',
  forms: [
    form('The two numbers were swapped at entry.', swap),
    form('The diastolic got a digit too many.', ({ low }) => measure(low, 785, 'mm[Hg]')),
    form('The diastolic is in kilopascal and is above the systolic.', ({ low }) => measure(low, 31, 'kPa')),
    form('Swapped, and the diastolic component comes first.', (pair, observation) => { swap(pair); observation['component'] = [pair.low, pair.high]; }),
    form('Swapped, in the codes of a measurement standing.', (pair) => { swap(pair); recode(pair, ['8460-8', '8454-1']); }),
    form('Swapped, beside a local code that comes first.', (pair) => {
      swap(pair);
      for (const component of [pair.high, pair.low]) part(component, 'code')!['coding'] = [{ system: systems.local, code: 'BP' }, codingIn(part(component, 'code'), systems.loinc) ?? {}];
    }),
  ],
  nearMisses: [
    form('A narrow pulse pressure.', ({ high, low }) => { measure(high, 112, 'mm[Hg]'); measure(low, 109, 'mm[Hg]'); }),
    form('The diastolic in kilopascal, below the systolic.', ({ high, low }) => { measure(high, 120, 'mm[Hg]'); measure(low, 10.7, 'kPa'); }),
    form('The diastolic component comes first.', ({ high, low }, observation) => { observation['component'] = [low, high]; }),
  ],
};

import { amend, type Defect, type Form } from './defect.ts';
import { componentOf, hasLoinc, part, systems, valueOf, type Json, type JsonObject } from './touch.ts';

const limit = (value: number, unit?: string): JsonObject => ({ value, ...(unit !== undefined && { unit, system: systems.ucum, code: unit }) });
const range = (because: string, make: (unit: string, value: number) => JsonObject, suits: (observation: JsonObject) => boolean = () => true): Form => amend('Observation', because, (observation) => {
  const unit = part(observation, 'valueQuantity')?.['code'];
  if (typeof unit !== 'string' || !hasLoinc(observation, '2345-7', '2339-0', '2160-0', '38483-4', '718-7', '2951-2', '2947-0', '2823-3', '6298-4', '6690-2') || !suits(observation)) return false;
  observation['referenceRange'] = [make(unit, valueOf(observation))] as Json[];
  return true;
});
const perDecilitre = (observation: JsonObject): boolean => part(observation, 'valueQuantity')?.['code'] === 'mg/dL';

export const valueReferenceRange: Defect = {
  rule: 'value-reference-range',
  forms: [
    range('Low and high were exchanged.', (unit) => ({ low: limit(145, unit), high: limit(135, unit) })),
    range('Exchanged, without units of their own.', () => ({ low: limit(5), high: limit(3) })),
    range('The range is in another unit than the value.', () => ({ low: limit(3.9, 'mmol/L'), high: limit(5.6, 'mmol/L') }), perDecilitre),
    range('The high end is in another unit, and below the low end by it.', () => ({ low: limit(70, 'mg/dL'), high: limit(0.1, 'g/L') }), perDecilitre),
    range('Only one end, in another unit.', () => ({ high: limit(1.2, 'kg') })),
    amend('Observation', 'The range of a component is exchanged.', (observation) => {
      const component = componentOf(observation, '8480-6');
      if (component === undefined) return false;
      component['referenceRange'] = [{ low: limit(140, 'mm[Hg]'), high: limit(90, 'mm[Hg]') }];
      return true;
    }),
  ],
  nearMisses: [
    range('A usual range.', (unit) => ({ low: limit(3.5, unit), high: limit(145, unit) })),
    range('Units left to the value.', () => ({ low: limit(3.5), high: limit(5.1) })),
    range('Only words.', () => ({ text: 'below 5' })),
    range('The unit spelled with a small l.', () => ({ low: limit(70, 'mg/dl'), high: limit(99, 'mg/dl') }), perDecilitre),
  ],
};

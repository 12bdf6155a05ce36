import type { Observation, ObservationReferenceRange, Quantity } from '@medplum/fhirtypes';
import { safeUnit } from '../reading/cause.ts';
import { valueIn, unitStated } from '../reading/quantities.ts';
import { convert } from '../reading/units.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';
import { measuredValues } from '../templates/measured-values.ts';

function fault(range: ObservationReferenceRange, value: Quantity | undefined): string | undefined {
  const { low, high } = range;
  const unit = (low === undefined ? undefined : unitStated(low)) ?? (high === undefined ? undefined : unitStated(high));
  if (low?.value !== undefined && high?.value !== undefined) {
    const top = unit === undefined ? high.value : valueIn(high, unit.ucum) ?? high.value;
    const bottom = unit === undefined ? low.value : valueIn(low, unit.ucum) ?? low.value;
    if (bottom > top) return 'The low end of this reference range is above its high end.';
  }
  const own = value === undefined ? undefined : unitStated(value);
  // A range may leave the unit to the value; one of its own must be the value's.
  return unit === undefined || own === undefined || convert(1, unit, own) === 1 ? undefined : 'The reference range has another unit than the value it is for.';
}

export const valueReferenceRange = resourceRule<Observation>({
  id: 'value-reference-range', version: 3, category: 'computational conformance', owner: 'mapping',
  title: 'A reference range that cannot be right', why: 'Every result against this range is judged high or low wrongly.',
  sources: ['http://hl7.org/fhir/R4/observation-definitions.html#Observation.referenceRange'],
  reads: { Observation: ['code', 'status', 'valueQuantity', 'referenceRange', 'component'] },
  check: (observation) => measuredValues(observation).flatMap(({ holder, measure, quantity, path }) => (holder.referenceRange ?? []).flatMap((range, index) => {
    const says = fault(range, quantity);
    return says === undefined ? [] : [wrong(`${path}.referenceRange[${index}]`, says,
      { cause: `${measure === undefined ? 'another code' : `loinc ${measure.code}`} in ${safeUnit(quantity?.code)}` })];
  })),
});

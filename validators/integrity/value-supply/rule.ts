import type { MedicationDispense, MedicationRequest } from '@medplum/fhirtypes';
import { valueIn } from '../reading/quantities.ts';
import { resourceRule } from '../resource-rule.ts';
import { unevaluated, wrong } from '../say.ts';

const days = { from: 1, to: 365 };
const refills = { from: 0, to: 24 };

export const valueSupply = resourceRule<MedicationRequest | MedicationDispense>({
  id: 'value-supply', version: 2, category: 'atemporal plausibility', owner: 'documentation',
  title: 'An implausible supply', why: 'Adherence and exposure are counted from days of supply and refills.',
  sources: ['PCORnet Data Quality Checks (RX_DAYS_SUPPLY 1–365, RX_REFILLS 0–24)'],
  parameters: { schema: { type: 'object', properties: { days: { type: 'object' }, refills: { type: 'object' } }, required: ['days', 'refills'] }, defaults: { days, refills } },
  reads: { MedicationRequest: ['dispenseRequest'], MedicationDispense: ['daysSupply'] },
  check(resource) {
    const request = resource.resourceType === 'MedicationRequest';
    const supply = request ? resource.dispenseRequest?.expectedSupplyDuration : resource.daysSupply;
    const path = request ? 'MedicationRequest.dispenseRequest.expectedSupplyDuration' : 'MedicationDispense.daysSupply';
    // A supply without a unit is in days by its name; a request's duration is not.
    const count = supply?.value === undefined ? undefined : valueIn(supply, 'd') ?? (!request && supply.code === undefined && supply.unit === undefined ? supply.value : undefined);
    const allowed = request ? resource.dispenseRequest?.numberOfRepeatsAllowed : undefined;
    // A calendar year has a quarter of a day more than 365: UCUM's a.
    return [
      ...(supply?.value !== undefined && count === undefined ? [unevaluated(path, 'The supply has no unit of time that can be read.')] : []),
      ...(count !== undefined && (count < days.from || Math.floor(count) > days.to) ? [wrong(path, 'The days of supply lie outside one day to one year.')] : []),
      ...(allowed !== undefined && (allowed < refills.from || allowed > refills.to)
        ? [wrong('MedicationRequest.dispenseRequest.numberOfRepeatsAllowed', 'The number of refills lies outside zero to twenty-four.')] : []),
    ];
  },
});

import { amend, type Defect, type Form } from './defect.ts';
import { part, systems, type JsonObject } from './touch.ts';

const dispense = (because: string, change: (request: JsonObject) => void): Form => amend('MedicationRequest', because, (request) => {
  request['dispenseRequest'] = part(request, 'dispenseRequest') ?? {};
  change(request['dispenseRequest'] as JsonObject);
  return true;
});
const duration = (because: string, value: number, code: string, unit = code): Form => dispense(because, (request) => { request['expectedSupplyDuration'] = { value, unit, system: systems.ucum, code }; });
const refills = (because: string, count: number): Form => dispense(because, (request) => { request['numberOfRepeatsAllowed'] = count; });

export const valueSupply: Defect = {
  rule: 'value-supply',
  forms: [duration('A supply of no day.', 0, 'd', 'days'), duration('A supply of 900 days.', 900, 'd', 'days'), duration('A supply of two years, in weeks.', 104, 'wk'), refills('Ninety-nine refills.', 99), refills('Twenty-five refills.', 25),
    duration('A supply of a negative length.', -30, 'd', 'days')],
  nearMisses: [duration('Ninety days.', 90, 'd', 'days'), duration('Twelve weeks.', 12, 'wk'), duration('A year.', 1, 'a'), refills('No refill.', 0), refills('Two years of monthly refills.', 24)],
};

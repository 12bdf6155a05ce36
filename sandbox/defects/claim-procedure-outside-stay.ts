import { encounterOf, isCoded, isStay } from './coded-claim.ts';
import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { coded, daysOn, listAt, part, systems, textAt, type JsonObject } from './touch.ts';

const form = (because: string, change: (claim: JsonObject, stay: { start: string; end: string }, chart: Chart) => unknown): Form => amend('Claim', because, (claim, chart) => {
  const stay = stayOf(claim, chart);
  return stay !== undefined && change(claim, stay, chart);
});
function stayOf(claim: JsonObject, chart: Chart): { start: string; end: string } | undefined {
  const encounter = encounterOf(claim, chart);
  const start = textAt(encounter, 'period', 'start'), end = textAt(encounter, 'period', 'end');
  return isCoded(claim) && isStay(encounter) && start && end ? { start, end } : undefined;
}
const add = (code: string) => (claim: JsonObject): void => { claim['procedure'] = [...listAt(claim, 'procedure'), { sequence: 9, procedureCodeableConcept: coded(systems.pcs, code) }]; };
/** The operation that a claim reports is moved; the claim carries the label. */
const moved = (because: string, change: (procedure: JsonObject, stay: { start: string; end: string }, line: JsonObject) => unknown): Form => ({
  type: 'Claim', because,
  plant(claim, chart): readonly Change[] | undefined {
    const stay = stayOf(claim, chart), encounter = textAt(claim, 'item', 0, 'encounter', 0, 'reference'), line = part(claim, 'procedure', 0);
    const procedure = chart.around(claim, 'Procedure').find((one) => textAt(one, 'encounter', 'reference') === encounter);
    if (stay === undefined || line === undefined || procedure === undefined) return undefined;
    delete line['date'];
    change(procedure, stay, line);
    return [{ how: 'amend', resource: claim, carries: true }, { how: 'amend', resource: procedure }];
  },
});
const on = (days: number, from: 'start' | 'end' = 'start') => (procedure: JsonObject, stay: { start: string; end: string }): void => {
  procedure['performedPeriod'] = { start: daysOn(stay[from], days), end: daysOn(stay[from], days + 0.05) };
};

export const claimProcedureOutsideStay: Defect = {
  rule: 'claim-procedure-outside-stay',
  forms: [
    form('A ventilation that nobody did.', add('5A1945Z')), form('An operation that nobody did.', add('0HBT0ZZ')), form('The operation is dated a month before the stay.', (claim, stay) => part(claim, 'procedure', 0) !== undefined && Object.assign(part(claim, 'procedure', 0) ?? {}, { date: daysOn(stay.start, -30) })),
    moved('The operation was done twenty days before the stay.', on(-20)), moved('The operation was done a week after discharge.', on(7, 'end')), moved('The operation was not done.', (procedure) => { procedure['status'] = 'not-done'; }),
  ],
  nearMisses: [moved('Done two days before admission, in the payment window.', on(-2)), moved('Coded in SNOMED CT alone where it was done.', (procedure, _stay, line) => {
    line['procedureReference'] = { reference: `Procedure/${String(procedure['id'])}` };
    delete line['procedureCodeableConcept'];
  })],
};

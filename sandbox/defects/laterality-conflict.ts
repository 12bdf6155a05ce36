import { isCoded, linesOf } from './coded-claim.ts';
import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { codingIn, coded, isObject, listAt, part, systems, textAt, type JsonObject } from './touch.ts';

const other: Readonly<Record<string, string>> = { right: 'left', left: 'right', Right: 'Left', Left: 'Right' };
const flipped = (text: string): string => text.replace(/\b(right|left)\b/gi, (word) => other[word] ?? word);
const sited = (resource: JsonObject): boolean => part(resource, 'bodySite', 0, 'coding', 0) !== undefined;
const site = (side: 'left' | 'right'): JsonObject => coded(systems.snomed, side === 'right' ? '24028007' : '7771000', side === 'right' ? 'Right' : 'Left');
const sideOf = (resource: JsonObject): 'left' | 'right' => (textAt(resource, 'bodySite', 0, 'coding', 0, 'code') === '24028007' ? 'right' : 'left');
const opposite = (resource: JsonObject): 'left' | 'right' => (sideOf(resource) === 'right' ? 'left' : 'right');

const procedure = (because: string, change: (done: JsonObject, chart: Chart) => unknown): Form => amend('Procedure', because, (done, chart) => sited(done) && change(done, chart));
const condition = (because: string, change: (found: JsonObject, coding: JsonObject) => unknown): Form => amend('Condition', because, (found) => {
  const coding = codingIn(found['code'], systems.icd);
  return coding !== undefined && /^(?:S72|M17)/.test(String(coding['code'])) && change(found, coding);
});
/** A report upon the order of an operation. */
const report = (because: string, conclusion: (side: string) => string): Form => ({
  type: 'ServiceRequest', because,
  plant(order, { random }): readonly Change[] | undefined {
    if (!sited(order)) return undefined;
    return [{ how: 'add', carries: true, resource: { resourceType: 'DiagnosticReport', id: random.id(), status: 'final', code: coded(systems.loinc, '18748-4', 'Diagnostic imaging study'), subject: part(order, 'subject') ?? {},
      basedOn: [{ reference: `ServiceRequest/${String(order['id'])}` }], effectiveDateTime: String(order['authoredOn']), conclusion: conclusion(opposite(order)) } }];
  },
});
// ICD-10-CM and -PCS characters for the other side, in the codes of the coded population.
const otherCode = (code: string): string | undefined => (/^S72\.00[12]A$/.test(code) ? code.replace(/[12]A$/, (end) => (end === '1A' ? '2A' : '1A')) : /^M17\.1[12]$/.test(code) ? code.replace(/[12]$/, (end) => (end === '1' ? '2' : '1'))
  : /^0SR[9B]03Z$/.test(code) ? code.replace(/[9B](?=03Z)/, (one) => (one === '9' ? 'B' : '9')) : /^0SR[CD]0J9$/.test(code) ? code.replace(/[CD]/, (one) => (one === 'C' ? 'D' : 'C')) : undefined);
const billed = (because: string, element: 'diagnosis' | 'procedure', system: string, display: boolean): Form => amend('Claim', because, (claim) => {
  for (const line of listAt(claim, element).filter(isObject)) {
    const coding = codingIn(line[`${element}CodeableConcept`], system), code = otherCode(String(coding?.['code']));
    if (coding === undefined || code === undefined) continue;
    line[`${element}CodeableConcept`] = { coding: [{ system, code, ...(display && { display: flipped(String(coding['display'])) }) }] };
    return true;
  }
  return false;
});

export const lateralityConflict: Defect = {
  rule: 'laterality-conflict',
  forms: [
    procedure('Done on the other side than ordered.', (done) => { const side = opposite(done); done['code'] = { text: flipped(String(textAt(done, 'code', 'text'))) }; done['bodySite'] = [site(side)]; }), procedure('The site is another side than the procedure’s name.', (done) => { done['bodySite'] = [site(opposite(done))]; }),
    condition('The code says one side, its display the other.', (_found, coding) => Object.assign(coding, { display: flipped(String(coding['display'])) })), condition('The text names the other side.', (found, coding) => Object.assign(part(found, 'code') ?? {}, { text: flipped(String(coding['display'])) })),
    condition('The body site is the other side.', (found, coding) => { found['bodySite'] = [site(/right/.test(String(coding['display'])) ? 'left' : 'right')]; }), report('The report upon the order finds it on the other side.', (side) => `Fracture on the ${side}, without displacement.`),
    billed('The bill has the diagnosis of the other side.', 'diagnosis', systems.icd, true), billed('The bill has the operation of the other side, by its code alone.', 'procedure', systems.pcs, false),
  ],
  nearMisses: [
    procedure('Both sides.', (done) => { done['bodySite'] = [coded(systems.snomed, '51440002', 'Right and left')]; done['code'] = { text: 'Bilateral knee arthroplasty' }; }), report('The report names both sides.', () => 'Left and right are compared; no fracture.'), report('The report names no side.', () => 'No fracture.'),
    amend('Claim', 'The bill names no side.', (claim) => isCoded(claim) && linesOf(claim).length > 0 && Object.assign(linesOf(claim)[0] ?? {}, { diagnosisCodeableConcept: coded(systems.icd, 'M17.9', 'Osteoarthritis of knee, unspecified') })),
  ],
};

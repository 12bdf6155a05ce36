import type { Change, Defect, Form } from './defect.ts';
import { copyOf, daysOn, textAt, type JsonObject } from './touch.ts';

/** A second record of the visit under another id. */
const form = (because: string, change: (second: JsonObject, id: string) => unknown): Form => ({
  type: 'Encounter', because,
  plant(first, { random }): readonly Change[] | undefined {
    const second = copyOf(first);
    second['id'] = random.id();
    if (!textAt(first, 'period', 'end') || textAt(first, 'identifier', 0, 'value') === undefined || change(second, random.id()) === false) return undefined;
    return [{ how: 'add', resource: second, carries: true }];
  },
});
const end = (second: JsonObject, days: number): unknown => Object.assign(second, { period: { start: String(textAt(second, 'period', 'start')), end: daysOn(String(textAt(second, 'period', 'end')), days) } });
const otherClass = (second: JsonObject): unknown => Object.assign(second, { class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: textAt(second, 'class', 'code') === 'AMB' ? 'IMP' : 'AMB' } });

export const duplicateEncounterDisagrees: Defect = {
  rule: 'duplicate-encounter-disagrees', hidden: true,
  forms: [
    form('Sent again with another end.', (second) => end(second, 2)), form('Sent again with another class.', otherClass), form('Sent again a day later.', (second) => Object.assign(second, { period: { start: daysOn(String(textAt(second, 'period', 'start')), 1), end: daysOn(String(textAt(second, 'period', 'end')), 1) } })),
    form('Sent again with another principal diagnosis.', (second, id) => textAt(second, 'diagnosis', 0, 'condition', 'reference') !== undefined && Object.assign(second, { diagnosis: [{ condition: { reference: `Condition/${id}` }, rank: 1 }] })),
    form('Sent again without its number, in another class.', (second) => { delete second['identifier']; otherClass(second); }), form('Sent again under a number of another system, with another end.', (second, id) => { second['identifier'] = [{ system: 'urn:oid:9.9.9', value: id }]; end(second, 3); }),
  ],
  nearMisses: [
    form('Sent again as it was.', () => true), form('Another visit on another day.', (second, id) => { second['identifier'] = [{ system: 'urn:oid:9.9.9', value: id }]; second['period'] = { start: '2023-01-05T09:00:00Z', end: '2023-01-05T09:30:00Z' }; }),
    form('A part of the visit.', (second) => { second['partOf'] = { reference: 'Encounter/x' }; end(second, -0.001); }), form('Sent again, to the second.', (second) => end(second, 0.0002)),
  ],
};

import type { Change, Defect, Form } from './defect.ts';
import { copyOf, daysBetween, daysOn, isObject, listAt, textAt, type JsonObject } from './touch.ts';

const dispositions = 'http://terminology.hl7.org/CodeSystem/discharge-disposition';
/** A second stay of the patient; it begins so many days after the first and lasts so long. The one that begins later is said to be wrong. */
const form = (because: string, after: number, days: number, more: (second: JsonObject, first: JsonObject) => unknown = () => true): Form => ({
  type: 'Encounter', because,
  plant(first, { random }): readonly Change[] | undefined {
    const start = textAt(first, 'period', 'start'), end = textAt(first, 'period', 'end');
    if (!['IMP', 'ACUTE', 'NONAC'].includes(textAt(first, 'class', 'code') ?? '') || !start || !end || daysBetween(start, end) < 2.2) return undefined;
    const second = copyOf(first);
    delete second['diagnosis'];
    Object.assign(second, { id: random.id(), period: { start: daysOn(start, after), end: daysOn(start, after + days) } });
    for (const identifier of listAt(second, 'identifier').filter(isObject)) identifier['value'] = random.id();
    more(second, first);
    return [...(after < 0 ? [] : [{ how: 'amend' as const, resource: first }]), { how: 'add', resource: second, carries: true }];
  },
});

export const timeOverlappingStays: Defect = {
  rule: 'time-overlapping-stays', apart: true, hidden: true,
  forms: [
    form('A second stay that begins in the first.', 0.5, 6), form('A second stay within the first.', 0.1, 2), form('The same days, elsewhere.', 0.01, 5, (second) => { second['serviceProvider'] = { display: 'Another hospital' }; }),
    form('Acute care beside inpatient care.', 0.8, 4, (second) => Object.assign(second, { class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ACUTE' } })),
  ],
  nearMisses: [
    form('A part of the first stay.', 0.2, 3, (second, first) => { second['partOf'] = { reference: `Encounter/${String(first['id'])}` }; }), form('A few hours of overlap.', 1, 0.3), form('Cancelled.', 0.5, 6, (second) => { second['status'] = 'cancelled'; }),
    form('A transfer.', 1, 6, (_second, first) => { first['hospitalization'] = { dischargeDisposition: { coding: [{ system: dispositions, code: 'other-hcf' }] } }; }),
    form('A visit while in hospital.', 0.5, 2, (second) => { second['class'] = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }; }),
  ],
};

import { diagnoses, type Diagnosis } from '../coded/diagnoses.ts';
import type { Change, Chart } from './defect.ts';
import { at, codingIn, isObject, listAt, part, systems, textAt, type JsonObject } from './touch.ts';

// Claims of the coded population: what they report, and what the chart has of it.

export const codeAt = (claim: JsonObject, line: number): string => textAt(codingIn(at(claim, 'diagnosis', line, 'diagnosisCodeableConcept'), systems.icd), 'code') ?? '';
export const linesOf = (claim: JsonObject): JsonObject[] => listAt(claim, 'diagnosis').filter(isObject);
export const encounterOf = (claim: JsonObject, chart: Chart): JsonObject | undefined => chart.resolve(textAt(claim, 'item', 0, 'encounter', 0, 'reference'));
export const isStay = (encounter: JsonObject | undefined): boolean => textAt(encounter, 'class', 'code') === 'IMP';
/** A claim of the coded population: its diagnoses are codes. */
export const isCoded = (claim: JsonObject): boolean => codeAt(claim, 0) !== '';

export function setCode(claim: JsonObject, line: number, code: string, display = ''): void {
  Object.assign(part(claim, 'diagnosis', line) ?? {}, { diagnosisCodeableConcept: { coding: [{ system: systems.icd, code, ...(display !== '' && { display }) }] } });
}
/** Another diagnosis at the end. */
export function addLine(claim: JsonObject, code: string, display: string, more: JsonObject = {}): void {
  const lines = linesOf(claim);
  claim['diagnosis'] = [...lines, { sequence: lines.length + 1, diagnosisCodeableConcept: { coding: [{ system: systems.icd, code, display }] }, type: [{ coding: [{ code: 'clinical' }] }], onAdmission: { coding: [{ code: 'y' }] }, ...more }];
}

/** Of what the population was made: the diagnosis whose code a line has. */
export function madeFrom(code: string): Diagnosis | undefined {
  return Object.values(diagnoses as Record<string, Diagnosis>).find((one) => [0, 1].some((side) => one.icd.replace('#', one.sides?.[side] ?? '#') === code));
}

/** The encounter's notes. */
export const notesOf = (claim: JsonObject, chart: Chart): JsonObject[] => {
  const encounter = textAt(claim, 'item', 0, 'encounter', 0, 'reference');
  return [...chart.around(claim, 'DocumentReference').filter((note) => textAt(note, 'context', 'encounter', 0, 'reference') === encounter), ...chart.around(claim, 'Composition').filter((note) => textAt(note, 'encounter', 'reference') === encounter)];
};
export const resultsOf = (claim: JsonObject, chart: Chart): JsonObject[] => {
  const encounter = textAt(claim, 'item', 0, 'encounter', 0, 'reference');
  return chart.around(claim, 'Observation').filter((one) => textAt(one, 'encounter', 'reference') === encounter);
};

/** Where the encounter itself reports the code: its principal diagnosis, or the Condition of another. Each carries the label, as the claim does. */
export function reportedToo(claim: JsonObject, code: string, chart: Chart): Change[] {
  const encounter = encounterOf(claim, chart);
  return listAt(encounter, 'diagnosis').flatMap((line, rank): Change[] => {
    const condition = chart.resolve(textAt(line, 'condition', 'reference'));
    if (condition === undefined || encounter === undefined || textAt(codingIn(condition['code'], systems.icd), 'code') !== code) return [];
    return [{ how: 'amend', resource: rank === 0 ? encounter : condition, carries: true }];
  });
}

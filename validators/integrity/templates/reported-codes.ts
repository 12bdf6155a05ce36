import type { Coding } from '@medplum/fhirtypes';
import { conceptOf, type Concept } from '../reading/concepts.ts';
import { isReportable, type Chart, type ChartClaim } from './chart.ts';
import { day, moment } from '../reading/moments.ts';
import { inpatientClasses } from './encounter-join.ts';

/** A code that was reported for an encounter: on a claim, as the encounter's diagnosis, or as an encounter-diagnosis Condition. */
export type Reported = {
  readonly kind: 'diagnosis' | 'procedure';
  readonly version: string;
  readonly expression: string;
  readonly coding: Coding;
  readonly concept: Concept | undefined;
  readonly encounter: string | undefined;
  readonly inpatient: boolean;
  readonly principal: boolean;
  readonly poa: string | undefined;
  readonly claim: ChartClaim | undefined;
  /** Id of the Condition or Procedure that a claim's line names in place of a code. */
  readonly named: string | undefined;
};

export const isInpatient = (chart: Chart, encounter: string | undefined): boolean => inpatientClasses.has(chart.frames.get(encounter ?? '')?.actClass ?? '');

const known = new WeakMap<Chart, readonly Reported[]>();

/** Every reported ICD-10-CM, ICD-10-PCS or CPT code, each at the place that reports it; asked when the chart is whole. */
export function reportedCodes(chart: Chart): readonly Reported[] {
  let reported = known.get(chart);
  if (reported === undefined) known.set(chart, reported = [...each(chart)]);
  return reported;
}

/** A claim that names no encounter is for the one that its dates lie in, if there is one only. */
function encounterOfDates({ frames }: Chart, claim: ChartClaim): string | undefined {
  const [from, to] = [moment(claim.from), moment(claim.to ?? claim.from)];
  if (from === undefined || to === undefined) return undefined;
  const within = [...frames.values()].filter(({ start, end }) => start !== undefined && start <= to.to && (end ?? start) >= from.from && start >= from.from - day && (end ?? start) <= to.to + day);
  return within.length === 1 ? within[0]?.id : undefined;
}

function* each(chart: Chart): Generator<Reported> {
  const told = new Set<string>();
  for (const claim of chart.claims) {
    const encounter = claim.encounters[0] ?? encounterOfDates(chart, claim);
    const inpatient = claim.inpatientByType || isInpatient(chart, encounter) || claim.encounters.some((id) => isInpatient(chart, id));
    for (const kind of ['diagnosis', 'procedure'] as const) {
      for (const line of kind === 'diagnosis' ? claim.diagnoses : claim.procedures) {
        const referenced = line.reference === undefined ? undefined : kind === 'diagnosis' ? chart.conditions.get(line.reference)?.coding : (chart.procedures.get(line.reference)?.codings ?? chart.undone.get(line.reference))?.find(isReportable);
        const coding = line.coding ?? referenced;
        if (line.before || coding?.code === undefined || !isReportable(coding)) continue;
        if (line.reference !== undefined) told.add(line.reference);
        yield { kind, version: claim.version, expression: line.expression, coding, concept: conceptOf(coding.system, coding.code), encounter, inpatient, principal: line.principal, poa: line.poa, claim, named: line.coding === undefined ? line.reference : undefined };
      }
    }
  }
  for (const [encounter, { version, conditions }] of chart.principals) {
    for (const { id, expression, principal } of conditions) {
      const condition = chart.conditions.get(id);
      if (condition?.coding?.code === undefined || !isReportable(condition.coding) || told.has(id)) continue;
      told.add(id);
      // The diagnosis stands in the Condition; the encounter only ranks it.
      yield { kind: 'diagnosis', version: principal ? version : condition.version, expression: principal ? expression : 'Condition.code', coding: condition.coding, concept: condition.concept,
        encounter, inpatient: isInpatient(chart, encounter), principal, poa: undefined, claim: undefined, named: id };
    }
  }
  for (const condition of chart.conditions.values()) {
    if (!condition.ofEncounter || !condition.active || condition.coding?.code === undefined || !isReportable(condition.coding) || told.has(condition.id)) continue;
    yield { kind: 'diagnosis', version: condition.version, expression: 'Condition.code', coding: condition.coding, concept: condition.concept, encounter: condition.encounter,
      inpatient: isInpatient(chart, condition.encounter), principal: false, poa: undefined, claim: undefined, named: condition.id };
  }
}

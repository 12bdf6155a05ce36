import type { Coding } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/code-validity.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { patientRule } from '../patient-rule.ts';
import { wrong } from '../say.ts';
import { chart, type Chart } from '../templates/chart.ts';
import { isInpatient, reportedCodes } from '../templates/reported-codes.ts';

type Dates = { readonly from?: string; readonly until?: string };
const validity = new Map(table.rows.flatMap((row) => row.codes.map((code): [string, Dates] => [code, row])));

/** Whether a code was not in force on a day, where both are known. */
function outOfForce(coding: Coding | undefined, on: string | undefined): boolean {
  const dates = systemOf(coding?.system) === 'icd10cm' ? validity.get(bareIcd(coding?.code ?? '')) : undefined;
  return dates !== undefined && on !== undefined && on.length === 10 && ((dates.from ?? '') > on || on > (dates.until ?? '9999'));
}

// The discharge decides for a stay, the day of service for a visit.
function dayOf(encounter: string | undefined, inpatient: boolean, { frames }: Chart): string | undefined {
  const frame = frames.get(encounter ?? '');
  const at = inpatient ? frame?.end ?? frame?.start : frame?.start;
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 10);
}

const says = 'This code was not in force on the date of service; report the one that was.';

export const codeActiveOnDate = patientRule<Chart>({
  id: 'code-active-on-date', version: 7, category: 'relational conformance', owner: 'coding',
  title: 'A code that was not in force', why: 'A payer refuses a code that did not exist yet or no more on the date of service.',
  sources: ['CMS, Definitions of Medicare Code Edits (Invalid diagnosis or procedure code)', 'ICD-10-CM addenda'],
  ...chart,
  end(state) {
    // A Condition is judged where it stands, by its encounter or by when it was recorded; a claim that names it only adds its own date.
    const told = new Set<string>();
    const conditions = [...state.conditions.values()].flatMap(({ id, version, coding, encounter, recorded }): Said[] => {
      const on = dayOf(encounter, isInpatient(state, encounter), state) ?? recorded?.slice(0, 10);
      if (!outOfForce(coding, on)) return [];
      told.add(id);
      return [wrong('Condition.code', says, { version, cause: safeCode(coding?.system, coding?.code) })];
    });
    return [...conditions, ...reportedCodes(state).flatMap(({ kind, coding, claim, inpatient, encounter, version, expression, named }): Said[] => {
      if (kind !== 'diagnosis' || claim === undefined || told.has(named ?? '')) return [];
      const on = (inpatient ? claim.to ?? claim.from : claim.from)?.slice(0, 10) ?? dayOf(encounter, inpatient, state);
      return outOfForce(coding, on) ? [wrong(expression, says, { version, cause: safeCode(coding.system, coding.code) })] : [];
    })];
  },
});

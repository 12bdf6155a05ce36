import type { CodeableConcept, Coding, Patient } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { PatientRule, Reads, RuleFacts, Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { safeCode } from '../reading/cause.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { wrong } from '../say.ts';

/** Codes by the start of their text, within a system. */
export type CodeRow = { readonly system: string; readonly prefix: string };

/** Finds the row whose prefix a code starts with, the longest first. */
export function prefixTable<Row extends CodeRow>(rows: readonly Row[]): (coding: Coding) => Row | undefined {
  const exact = new Map(rows.map((row) => [`${row.system} ${row.prefix}`, row]));
  return (coding) => {
    const system = systemOf(coding.system);
    if (system === undefined || typeof coding.code !== 'string') return undefined;
    const code = bareIcd(coding.code);
    // SNOMED CT identifiers have no hierarchy in their digits: only whole ones match.
    if (system === 'snomed' || system === 'loinc') return exact.get(`${system} ${code}`);
    for (let length = Math.min(code.length, 7); length > 0; length--) {
      const row = exact.get(`${system} ${code.slice(0, length)}`);
      if (row !== undefined) return row;
    }
    return undefined;
  };
}

type State<Person, Row> = { readonly patient: string; person: Person | undefined; personVersion: string; readonly found: { entry: { version: string; time: string }; row: Row; path: string; cause: string }[] };
type Stated<Person, Row extends CodeRow> = Omit<RuleFacts, 'scope' | 'kind' | 'reads' | 'owner' | 'category'> & {
  readonly rows: readonly Row[];
  readonly patientElements: readonly string[];
  readonly personOf: (patient: Partial<Patient>) => Person | undefined;
  /** What is wrong, as a sentence; undefined when nothing is. */
  readonly conflict: (person: Person, row: Row, time: string) => string | undefined;
  readonly against: string;
};

const reads: Reads = { Condition: ['code', 'verificationStatus', 'onsetDateTime'], Procedure: ['code', 'status'], Claim: ['diagnosis', 'procedure'], ExplanationOfBenefit: ['diagnosis', 'procedure'] };

function conceptsOf(entry: ViewEntry): readonly (readonly [path: string, concept: CodeableConcept])[] {
  if (entry.type === 'Condition' || entry.type === 'Procedure') {
    const status = (entry.fields['verificationStatus'] as CodeableConcept | undefined)?.coding?.[0]?.code ?? entry.fields['status'];
    const told = status !== 'refuted' && status !== 'entered-in-error' && status !== 'not-done';
    return entry.fields['code'] === undefined || !told ? [] : [[`${entry.type}.code`, entry.fields['code'] as CodeableConcept]];
  }
  return ['diagnosis', 'procedure'].flatMap((element) => ((entry.fields[element] ?? []) as readonly Record<string, CodeableConcept | undefined>[])
    .flatMap((line, index) => (line[`${element}CodeableConcept`] === undefined ? [] : [[`${entry.type}.${element}[${index}]`, line[`${element}CodeableConcept`] ?? {}] as const])));
}

/** A rule over codes that do not go with who the patient is. */
export function codedConflict<Person, Row extends CodeRow>({ rows, patientElements, personOf, conflict, against, ...facts }: Stated<Person, Row>): PatientRule<State<Person, Row>> {
  const find = prefixTable(rows);
  return patientRule<State<Person, Row>>({
    ...facts, category: 'atemporal plausibility', owner: 'coding', reads: { ...reads, Patient: patientElements },
    start: (view) => ({ patient: view.patient, person: undefined, personVersion: '', found: [] }),
    step(state, entry) {
      if (entry.type === 'Patient') {
        if (entry.id !== state.patient) return;
        state.person = personOf(entry.fields as Partial<Patient>);
        state.personVersion = entry.version;
        return;
      }
      if (entry.place !== 'compartment') return;
      for (const [path, concept] of conceptsOf(entry)) {
        for (const coding of concept.coding ?? []) {
          const row = find(coding);
          if (row === undefined) continue;
          const time = entry.fields['onsetDateTime'];
          state.found.push({ entry: { version: entry.version, time: typeof time === 'string' ? time : entry.time }, row, path, cause: safeCode(coding.system, coding.code) });
          break;
        }
      }
    },
    end(state) {
      const { person } = state;
      if (person === undefined) return [];
      return state.found.flatMap(({ entry, row, path, cause }): Said[] => {
        const says = conflict(person, row, entry.time);
        return says === undefined ? [] : [wrong(path, says, { version: entry.version, cause, evidence: [{ version: state.personVersion, expression: against, role: 'against' }] })];
      });
    },
  });
}

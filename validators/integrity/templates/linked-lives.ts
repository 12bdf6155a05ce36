import type { Patient, RelatedPerson } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Reads } from '../../../terms/rule.ts';
import { hasCode } from '../reading/coded.ts';
import { day, moment } from '../reading/moments.ts';
import { idOf } from '../reading/references.ts';

/** Patients whose records rightly meet: mother and newborn, donor and recipient, records linked as one person. */
export type Lives = {
  readonly links: Set<string>;
  readonly born: Map<string, number>;
  linked(one: string, other: string, time: string): boolean;
};

const reads: Reads = { Patient: ['link', 'birthDate'], RelatedPerson: ['patient', 'relationship', 'identifier'] };

// v3-RoleCode: MTH mother, NMTH natural mother, CHILD, DONOR is v3-RoleClass; RelatedPerson says whose.
const shared = ['MTH', 'NMTH', 'CHILD', 'NCHILD', 'DON', 'DONOR'];

function lives(): Lives {
  const links = new Set<string>();
  const born = new Map<string, number>();
  return {
    links, born,
    linked(one, other, time) {
      if (links.has(`${one} ${other}`) || links.has(`${other} ${one}`)) return true;
      // A newborn is cared for in the mother's encounter: from a day before the birth to a month after.
      const at = moment(time)?.from;
      return at !== undefined && [one, other].some((patient) => {
        const birth = born.get(patient);
        return birth !== undefined && at >= birth - day && at <= birth + 30 * day;
      });
    },
  };
}

function step(state: Lives, entry: ViewEntry): void {
  if (entry.type === 'Patient') {
    const patient = entry.fields as Partial<Patient>;
    const born = moment(patient.birthDate)?.from;
    if (born !== undefined) state.born.set(entry.id, born);
    for (const link of patient.link ?? []) {
      const other = idOf(link.other, 'Patient');
      if (other !== undefined) state.links.add(`${entry.id} ${other}`);
    }
  } else if (entry.type === 'RelatedPerson') {
    const person = entry.fields as Partial<RelatedPerson>;
    const patient = idOf(person.patient, 'Patient');
    // The related person's own Patient id is carried as an identifier with the FHIR id, where it is carried at all.
    if (patient !== undefined && person.relationship?.some((relation) => hasCode(relation, ...shared)) === true) {
      for (const identifier of person.identifier ?? []) if (identifier.value !== undefined) state.links.add(`${patient} ${identifier.value}`);
    }
  }
}
export const livesFold = { reads, start: lives, step };

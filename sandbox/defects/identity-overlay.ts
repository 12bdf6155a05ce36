import { at, copyOf, isObject, textAt } from '../json-exact.ts';
import type { Chart, Defect } from './defect.ts';
import { patientsOfVersion } from '../compartment.ts';

export const identityOverlay: Defect = {
  rule: 'identity-overlay', type: 'Patient', most: 1,
  because: 'An update put another person\'s name and birth date on the record; version 1 has the first.',
  plant(patient, chart) {
    if (patient['id'] !== fewestEncounters(chart)) return undefined;
    const after = copyOf(patient);
    const name = at(after, 'name', 0);
    const birthDate = textAt(after, 'birthDate');
    if (!isObject(name) || !birthDate) return undefined;
    Object.assign(name, { family: 'Okonkwo217', given: ['Rosalind88'] });
    after['birthDate'] = `${Number(birthDate.slice(0, 4)) - 3}-03-11`; // earlier, so that no event comes to lie before birth
    return [{ how: 'update', resource: after, carries: true }];
  },
};

/** The whole chart may be held with its patient, so it is the smallest one. */
function fewestEncounters({ store, patients }: Chart): string | undefined {
  const counts = new Map(patients.map((id) => [id, 0]));
  for (const encounter of store.current('Encounter'))
    for (const id of patientsOfVersion(encounter)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => a - b)[0]?.[0];
}

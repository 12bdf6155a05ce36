import { patientsOfVersion } from '../compartment.ts';
import type { Chart } from './defect.ts';

/** The patients with the fewest encounters, the smallest chart first: what holds a whole chart with its patient is planted there. */
export function smallestCharts({ store, patients }: Chart): readonly string[] {
  const counts = new Map(patients.map((id) => [id, 0]));
  for (const encounter of store.current('Encounter'))
    for (const id of patientsOfVersion(encounter)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => a - b).map(([id]) => id);
}

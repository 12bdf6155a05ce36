import { populationRule } from '../population-rule.ts';
import { wrong } from '../say.ts';

/** The most repeated value of a code at one device or department, against the rest. */
export type SpikeCandidate = { /** As a cause key has them: reading/cause.ts. */ readonly code: string; readonly unit: string | undefined; readonly values: number; readonly repeated: number;
  /** Share of the most repeated value elsewhere. */
  readonly elsewhere: number; readonly versions: readonly string[] };

const bounds = { fewest: 30, share: 0.3, times: 3 };

export const valueDefaultSpike = populationRule<SpikeCandidate>({
  id: 'value-default-spike', version: 2, category: 'atemporal plausibility', owner: 'mapping',
  title: 'One value again and again', why: 'A screen, a device or an interface fills in a default where nobody measured.',
  sources: ['Weiskopf and Weng, JAMIA 2013;20:144 (distribution comparison)', 'HL7 PIQI Edition 1'],
  parameters: { schema: { type: 'object', properties: { fewest: { type: 'integer' }, share: { type: 'number' }, times: { type: 'number' } }, required: ['fewest', 'share', 'times'] }, defaults: bounds },
  reads: { Observation: ['code', 'valueQuantity', 'device', 'performer', 'encounter'] },
  judge({ code, unit, values, repeated, elsewhere, versions }) {
    const share = repeated / values;
    if (values < bounds.fewest || share < bounds.share || share < elsewhere * bounds.times) return [];
    return versions.map((version) => wrong('Observation.value', 'This value is repeated at one device or department far more often than elsewhere; it is probably a default.',
      { version, cause: `${code} in ${unit ?? 'no unit'}` }));
  },
});

import { isObject } from '../json-exact.ts';
import { amended, type Defect } from './defect.ts';

export const referenceDangling: Defect = {
  rule: 'reference-dangling', type: 'DiagnosticReport', because: 'It names an encounter that is nowhere.',
  plant(report, { random }) {
    const { encounter } = report;
    if (!isObject(encounter)) return undefined;
    encounter['reference'] = `Encounter/${random.id()}`;
    return amended(report);
  },
};

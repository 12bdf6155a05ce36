import type { Defect } from './defect.ts';

export const lineNotResource: Defect = {
  rule: 'line-not-resource', type: 'Condition', most: 1, because: 'A line of the export is JSON and no resource.',
  plant: () => [{ how: 'loose', line: '{"message":"row 1742 could not be converted","severity":"warning"}', carries: true }],
};

import type { Defect } from './defect.ts';

export const lineNotResource: Defect = {
  rule: 'line-not-resource', most: 1, forms: [{
    type: 'Condition', because: 'A line of the export is JSON and no resource.',
    plant: () => [{ how: 'loose', line: '{"message":"row 1742 could not be converted","severity":"warning"}', carries: true }],
  }],
};

import { monitor } from '../templates/monitor.ts';

export const monitorCompleteness = monitor({
  id: 'monitor-completeness', version: 1, owner: 'mapping',
  title: 'An element is filled less often than before', why: 'A mapping broke, and everybody who reads the element sees fewer cases than there are.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (measureValueCompleteness)', 'HL7 PIQI Edition 1 (availability)'],
  says: 'The share of records that have this element left the band of the runs before.',
});

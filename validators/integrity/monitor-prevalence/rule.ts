import { monitor } from '../templates/monitor.ts';

export const monitorPrevalence = monitor({
  id: 'monitor-prevalence', version: 1, owner: 'mapping',
  title: 'A code or a unit is used more or less than before', why: 'A code set, a unit or a threshold changed at the source without anybody saying so.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/ (plausible prevalence)', 'PCORnet Data Quality Checks'],
  says: 'The share of this code or unit left the band of the runs before.',
});

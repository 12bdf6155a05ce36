import { monitor } from '../templates/monitor.ts';

export const monitorVolume = monitor({
  id: 'monitor-volume', version: 1, owner: 'mapping',
  title: 'A run brings far more or far less than those before', why: 'An interface lost a feed, or sent one twice, and every rate counted from it is wrong.',
  sources: ['https://ohdsi.github.io/DataQualityDashboard/', 'PCORnet Data Quality Checks (3.x, volume by encounter type)'],
  says: 'This run brought far more or far fewer records of this type than the runs before.',
});

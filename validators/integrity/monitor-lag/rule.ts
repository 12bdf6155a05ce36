import { monitor } from '../templates/monitor.ts';

export const monitorLag = monitor({
  id: 'monitor-lag', version: 1, owner: 'mapping',
  title: 'Records arrive later than they used to', why: 'What arrives late is not there when care, measures or models need it.',
  sources: ['PCORnet Data Quality Checks (latency)'],
  says: 'The time from event to arrival left the band of the runs before.',
});

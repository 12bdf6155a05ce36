import { monitor } from '../templates/monitor.ts';

export const monitorOverrideRate = monitor({
  id: 'monitor-override-rate', version: 1, owner: 'ai',
  title: 'A model or a rule is overridden too often, or never', why: 'Overridden too often it is wrong; never overridden, nobody looks.',
  sources: ['Ancker et al., BMC Med Inform Decis Mak 2017;17:36 (override rates)', 'HL7 AI Transparency on FHIR 1.0.0-ballot'],
  says: 'The share of decisions that override this model or rule left the band of the runs before.',
});

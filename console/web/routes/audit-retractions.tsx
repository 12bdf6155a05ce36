import { Answered } from '../audit/answered.tsx';
import { AuditPage, Keepers } from '../audit/audit-page.tsx';
import { TakeBack } from '../audit/take-back.tsx';

export const AuditRetractions = () => (
  <AuditPage title="Take back" about="What has left can be called back; the loop is closed when every consumer that was given it says that its copy is gone.">
    <Keepers><TakeBack /></Keepers>
    <Answered question="retracted" title="What was taken back" />
    <Answered question="retractions" title="Consumers that owe an answer" />
  </AuditPage>
);

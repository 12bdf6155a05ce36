import { Answered } from '../audit/answered.tsx';
import { AuditPage, Keepers } from '../audit/audit-page.tsx';
import { DutyForm, ofPatient } from '../audit/duty-form.tsx';
import { useRecipient, useSuspendAccounting } from '../requests/duties.ts';

const relations = [{ value: 'disclosure', label: 'Outside: a disclosure' }, { value: 'internal-use', label: 'Inside: a use' }];
const written = [{ value: 'no', label: 'By word of mouth: 30 days at most' }, { value: 'yes', label: 'In writing' }];

/** What accountings of disclosures rest on (45 CFR 164.528). */
export function AuditDisclosures() {
  const describe = useRecipient();
  const suspend = useSuspendAccounting();
  return (
    <AuditPage title="Disclosures" about="An accounting names who was given a patient’s record, where they are, what and why (45 CFR 164.528). Ask for one under Questions.">
      <Keepers>
        <div className="two">
          <DutyForm title="Who is a consumer in law?" button="Record it" state={describe} done={describe.isSuccess ? 'It is on record.' : undefined}
            fields={[{ name: 'consumer', label: 'Consumer' }, { name: 'relation', label: 'Relation', choices: relations }, { name: 'legalName', label: 'Name in law' }, { name: 'address', label: 'Address' },
              { name: 'purpose', label: 'Purpose' }, { name: 'legalBasis', label: 'Legal basis' }, { name: 'agreement', label: 'Agreement', optional: true }]}
            onDo={({ consumer = '', relation = '', legalName = '', address = '', purpose = '', legalBasis = '', agreement = '' }, form) =>
              describe.mutate({ consumer, relation, legalName, address, purpose, legalBasis, agreement }, { onSuccess: () => form.reset() })} />
          <DutyForm title="Suspend the accounting" button="Suspend it" state={suspend} done={suspend.data && 'It is suspended.'}
            about="An oversight or law enforcement agency may ask that its disclosures be left out for a time."
            fields={[{ name: 'consumer', label: 'Consumer' }, ...ofPatient.map((field) => ({ ...field, optional: true, hint: 'Empty: of all patients' })), { name: 'until', label: 'Last day', as: 'date' },
              { name: 'written', label: 'The agency asked', choices: written }, { name: 'because', label: 'Who asked, and why', as: 'words' }]}
            onDo={({ consumer = '', source, patient, until = '', written: how, because = '' }, form) =>
              suspend.mutate({ consumer, until, because, written: how === 'yes', ...(source && patient ? { source, patient } : {}) }, { onSuccess: () => form.reset() })} />
        </div>
      </Keepers>
      <Answered question="recipients" title="Who is who" />
      <Answered question="suspensions" title="Suspensions" />
    </AuditPage>
  );
}

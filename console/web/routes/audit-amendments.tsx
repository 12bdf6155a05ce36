import { Answered } from '../audit/answered.tsx';
import { AuditPage, Keepers } from '../audit/audit-page.tsx';
import { DutyForm, listed, ofPatient } from '../audit/duty-form.tsx';
import { useAmendment, useAmendmentStep } from '../requests/duties.ts';

const steps = [
  { value: 'accepted', label: 'The source accepted it' }, { value: 'denied', label: 'The source denied it' },
  { value: 'statement-of-disagreement', label: 'The patient disagrees in writing' }, { value: 'rebuttal', label: 'The source answered that' },
];
const named = { name: 'named', label: 'Consumers the patient wants told', optional: true, hint: 'Names, with commas between' } as const;

/** 45 CFR 164.526: the source decides, we carry what was said to whoever has the record. */
export function AuditAmendments() {
  const asking = useAmendment();
  const answering = useAmendmentStep();
  return (
    <AuditPage title="Amend" about="A patient may ask that a record be amended. The EHR decides; here each step is kept with the record, and whoever has it is told (45 CFR 164.526).">
      <Keepers>
        <div className="two">
          <DutyForm title="A patient asks" button="Record the request" state={asking} done={asking.data && `Request ${asking.data.id} is on record.`}
            fields={[...ofPatient, { name: 'records', label: 'Records', hint: 'Observation/123 for the newest version, or a version’s number; with commas between' }, { name: 'says', label: 'What the patient asks for', as: 'words' }, named]}
            onDo={({ source = '', patient = '', records, says = '', named: names }, form) =>
              asking.mutate({ source, patient, records: listed(records), says, named: listed(names) }, { onSuccess: () => form.reset() })} />
          <DutyForm title="What became of it" button="Record it and tell recipients" state={answering} done={answering.data && `It is on record; ${answering.data.told} ${answering.data.told === 1 ? 'recipient is' : 'recipients are'} told.`}
            fields={[{ name: 'request', label: 'Request', hint: 'Its number in the list below' }, { name: 'step', label: 'Step', choices: steps }, { name: 'says', label: 'What was said', as: 'words', hint: 'It goes with the record to its recipients' }, named]}
            onDo={({ request = '', step = '', says = '', named: names }, form) =>
              answering.mutate({ request, step, says, named: listed(names) }, { onSuccess: () => form.reset() })} />
        </div>
      </Keepers>
      <Answered question="amendments" title="Requests and their steps" />
    </AuditPage>
  );
}

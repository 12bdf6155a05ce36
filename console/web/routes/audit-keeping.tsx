import { Answered } from '../audit/answered.tsx';
import { AuditPage, Keepers } from '../audit/audit-page.tsx';
import { Destroy } from '../audit/destroy.tsx';
import { DutyForm, ofPatient } from '../audit/duty-form.tsx';
import { useHold, useLift, useSchedule } from '../requests/duties.ts';

export function AuditKeeping() {
  const hold = useHold();
  const lift = useLift();
  const schedule = useSchedule();
  return (
    <AuditPage title="Keep and destroy" about="A legal hold keeps a patient’s records whatever a schedule says; a schedule says when they may be destroyed.">
      <Keepers>
        <div className="two">
          <DutyForm title="Place a legal hold" button="Place the hold" state={hold} done={hold.data && 'The hold is on the record.'} fields={[...ofPatient, { name: 'because', label: 'Why', as: 'words' }]}
            onDo={({ source = '', patient = '', because = '' }, form) => hold.mutate({ source, patient, because }, { onSuccess: () => form.reset() })} />
          <DutyForm title="Lift it" button="Lift the hold" state={lift} done={lift.data && `${lift.data.lifted} lifted.`} fields={ofPatient}
            onDo={({ source = '', patient = '' }, form) => lift.mutate({ source, patient }, { onSuccess: () => form.reset() })} />
          <DutyForm title="Set a retention schedule" button="Set the schedule" state={schedule} done={schedule.data && 'The schedule is in force.'}
            fields={[{ name: 'name', label: 'Name' }, { name: 'years', label: 'Years after the newest record', as: 'number' }, { name: 'because', label: 'The law or rule that asks for it', as: 'words' }]}
            onDo={({ name = '', years = '', because = '' }, form) => schedule.mutate({ name, years: Number(years), because }, { onSuccess: () => form.reset() })} />
        </div>
        <Destroy />
      </Keepers>
      <Answered question="holds" title="Legal holds" />
      <Answered question="schedules" title="Retention schedules" />
      <Answered question="destructions" title="Certificates of destruction" />
    </AuditPage>
  );
}

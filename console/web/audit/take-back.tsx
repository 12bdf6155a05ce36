import { useState } from 'react';
import { useReach, useTakeBack, type Taking } from '../requests/duties.ts';
import { counted } from '../ui/count.tsx';
import { DutyForm } from './duty-form.tsx';
import { Readers } from './readers.tsx';

const what = [
  { value: 'patient', label: 'Everything of a patient' }, { value: 'version', label: 'One version of a record' }, { value: 'run', label: 'Everything of a run' },
  { value: 'rule', label: 'What a rule finds wrong' }, { value: 'model', label: 'What a model asserted' },
];

/** First what it would do, then why; done is exactly what was shown. */
export function TakeBack() {
  const [taking, setTaking] = useState<Taking>();
  const reach = useReach();
  const act = useTakeBack();
  return (
    <>
      <DutyForm title="What is to be taken back?" button="Show what would be taken back" state={reach}
        about="Taking back puts a tombstone into every feed that carried the records; consumers then say that their copy is gone. Records that should never have left, a wrong patient, a model that was trained wrongly."
        fields={[{ name: 'what', label: 'What', choices: what },
          { name: 'named', label: 'Which', hint: 'The number of the version or run, the rule’s id, the id of the patient or of the model’s Device' },
          { name: 'source', label: 'Source', optional: true, hint: 'For a patient or a model' }]}
        onDo={({ what: kind = '', named = '', source }) => {
          const asked = { what: kind, named, ...(source ? { source } : {}) };
          act.reset();
          reach.mutate(asked, { onSuccess: () => setTaking(asked) });
        }} />
      {reach.data !== undefined && taking !== undefined && act.data === undefined && (
        <section className="card" aria-label="What would be taken back">
          <p><b>{counted(reach.data.entries)} entries</b> of {counted(reach.data.versions)} versions of records of {counted(reach.data.patients)} patients stand in the feeds and would be taken back.</p>
          <Readers readers={reach.data.readers} />
        </section>
      )}
      {reach.data !== undefined && taking !== undefined && reach.data.versions > 0 && act.data === undefined && (
        <DutyForm title="Take it back" button={`Take back ${counted(reach.data.entries)} entries`} grave state={act} fields={[{ name: 'because', label: 'Why', as: 'words', hint: 'Without the patient’s name' }]}
          onDo={({ because = '' }) => act.mutate({ ...taking, because, previewed: reach.data.versions })} />
      )}
      {act.data !== undefined && <div className="note good" role="status"><p>Retraction {act.data.retraction} is on record; a worker takes the entries back now. Below you see when it is done and who has acknowledged it.</p></div>}
    </>
  );
}

import { useState } from 'react';
import { useDestroy, useDestructionReach, type OfPatient } from '../requests/duties.ts';
import { counted } from '../ui/count.tsx';
import { Time } from '../ui/time.tsx';
import { DutyForm, ofPatient } from './duty-form.tsx';
import { Readers } from './readers.tsx';

/** First what stands against it and what would go, then why, with the patient's id written again. */
export function Destroy() {
  const [of, setOf] = useState<OfPatient & { schedule: string }>();
  const [unlike, setUnlike] = useState(false);
  const reach = useDestructionReach();
  const act = useDestroy();
  const { data } = reach;
  return (
    <>
      <DutyForm title="Destroy a patient’s records" button="Show what would be destroyed" state={reach}
        about="Bytes, names and the patient’s key go; a certificate and hashes that tell nothing stay. It cannot be undone. Copies that consumers made are theirs to destroy: they are told by tombstones."
        fields={[...ofPatient, { name: 'schedule', label: 'Retention schedule' }]}
        onDo={({ source = '', patient = '', schedule = '' }) => {
          act.reset();
          reach.mutate({ source, patient, schedule }, { onSuccess: () => setOf({ source, patient, schedule }) });
        }} />
      {data !== undefined && of !== undefined && act.data === undefined && (
        <section className="card" aria-label="What would be destroyed">
          <p><b>{counted(data.versions)} versions</b> of records{data.newest === null ? '' : <>, the newest of <Time at={data.newest} /></>}; {counted(data.entries)} entries of the feeds would be taken back first.</p>
          <Readers readers={data.readers} />
          {data.held && <p className="word-bad">A legal hold is on this record: it cannot be destroyed.</p>}
          {!data.over && <p className="word-bad">The schedule’s time is not over, or nothing is stored.</p>}
        </section>
      )}
      {data !== undefined && of !== undefined && data.over && !data.held && act.data === undefined && (
        <DutyForm title="Destroy it" button="Destroy, for good" grave state={act} done={unlike ? 'That is not the patient’s id: nothing was destroyed.' : undefined}
          fields={[{ name: 'because', label: 'Why', as: 'words', hint: 'Without the patient’s name' }, { name: 'again', label: 'The patient’s id again' }]}
          onDo={({ because = '', again }) => {
            setUnlike(again !== of.patient);
            if (again === of.patient) act.mutate({ ...of, because });
          }} />
      )}
      {act.data !== undefined && <div className="note good" role="status"><p>Certificate {act.data.certificate}: {counted(act.data.versions)} versions of records are destroyed.</p></div>}
    </>
  );
}

import { NativeSelect, Title } from '@mantine/core';
import { useState } from 'react';
import { Away } from '../desk/away.tsx';
import { Told } from '../desk/told.tsx';
import { WorkTable } from '../desk/work-table.tsx';
import { useMe, usePeople } from '../requests/me.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';

/** What concerns the reader alone: what he was told, who stands in for him, his own work, and that of whom he leads. */
export function Desk() {
  const { data: me } = useMe();
  const { data: known } = usePeople(me?.person != null);
  const [whom, setWhom] = useState('');
  if (me?.person == null) return <Page title="Your desk"><Empty title="Nobody is signed in.">Sign in to see what you were told and what you did.</Empty></Page>;
  const decides = me.roles.some((role) => role !== 'auditor' && role !== 'consumer');
  const led = (known?.people ?? []).filter(({ person }) => me.leads.includes(person));
  return (
    <Page title="Your desk" about="What concerns you alone. Your figures are seen by you and by who leads you, with nobody beside you.">
      <Told />
      {decides && <Away me={me.person} />}
      {decides && <section className="card" aria-labelledby="mine"><Title order={2} id="mine">Your own work</Title><WorkTable /></section>}
      {led.length > 0 && (
        <section className="card" aria-labelledby="led">
          <Title order={2} id="led" mb="xs">Somebody you lead</Title>
          <NativeSelect label="Whose work" maw={320} value={whom} onChange={(event) => setWhom(event.currentTarget.value)} data={[{ value: '', label: 'Choose' }, ...led.map(({ person, name }) => ({ value: person, label: name }))]} />
          {whom !== '' && <WorkTable key={whom} person={whom} />}
        </section>
      )}
    </Page>
  );
}

import { Button, Group, NativeSelect, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useDelegate, useDelegations } from '../requests/desk.ts';
import { usePeople } from '../requests/me.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { shortDate } from '../words/time-words.ts';

const today = (): string => new Date().toLocaleDateString('sv'); // ISO 8601, in the reader's zone

/** Who stands in while a person is away; never he himself, and not for whom he stands in. */
export function Away({ me }: { me: string }) {
  const { data, error } = useDelegations();
  const { data: known } = usePeople(true);
  const { begin, end } = useDelegate();
  const [delegate, setDelegate] = useState('');
  const [fromDay, setFrom] = useState(today);
  const [untilDay, setUntil] = useState(today);
  const nameOf = (person: string): string => known?.people.find((one) => one.person === person)?.name ?? person;
  return (
    <section className="card" aria-labelledby="away">
      <Title order={2} id="away" mb="xs">While you are away</Title>
      {[error, begin.error, end.error].map((one, at) => one !== null && <ProblemNote key={at} error={one} />)}
      <ul className="timeline">
        {data?.delegations.map((one) => (
          <li key={one.id}>
            {one.person === me ? <>{nameOf(one.delegate)} stands in for you</> : <>You stand in for {nameOf(one.person)}</>}, {shortDate(one.fromDay)} – {shortDate(one.untilDay)}{' '}
            {one.person === me && <Button size="compact-sm" variant="default" onClick={() => end.mutate(one.id)}>End it</Button>}
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => { event.preventDefault(); if (delegate !== '') begin.mutate({ delegate, fromDay, untilDay }); }}>
        <Group align="flex-end" gap="sm">
          <NativeSelect label="Who stands in" value={delegate} onChange={(event) => setDelegate(event.currentTarget.value)}
            data={[{ value: '', label: 'Choose' }, ...(known?.people ?? []).filter(({ person }) => person !== me).map(({ person, name }) => ({ value: person, label: name }))]} />
          <TextInput type="date" label="From" value={fromDay} min={today()} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label="Until" value={untilDay} min={fromDay} onChange={(event) => setUntil(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={begin.isPending} disabled={delegate === ''}>Let them stand in</Button>
        </Group>
      </form>
    </section>
  );
}

import { Button, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useBreakGlass } from '../requests/desk.ts';
import { ProblemNote } from '../ui/problem-note.tsx';

/** Fewer letters are no reason. */
const SHORTEST = 10;

/** An hour's access to the facility of a case, with a reason; the privacy officer is told. */
export function BreakGlass({ exception }: { exception: string }) {
  const [reason, setReason] = useState('');
  const { mutate, error, isPending } = useBreakGlass();
  return (
    <form className="card" aria-labelledby="glass" onSubmit={(event) => { event.preventDefault(); mutate({ exception, reason: reason.trim() }); }}>
      <Title order={2} id="glass">Break the glass</Title>
      <p>In an emergency you can look at this facility’s cases for an hour. Your reason is kept, what you open is on record, and the privacy officer is told.</p>
      {error !== null && <ProblemNote error={error} />}
      <Textarea label="Your reason" autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Button mt="sm" color="red" type="submit" loading={isPending} disabled={reason.trim().length < SHORTEST}>Break the glass for an hour</Button>
    </form>
  );
}

import { Button, Group, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useNotices, useSeeNotices } from '../requests/desk.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { noticeWord } from '../words/desk-words.ts';

/** What the person, or everyone with one of his roles, was told. */
export function Told() {
  const { data, error } = useNotices();
  const see = useSeeNotices();
  return (
    <section className="card" aria-labelledby="told">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="told">What you were told</Title>
        {data !== undefined && data.notices.length > 0 && <Button size="compact-sm" variant="default" loading={see.isPending} onClick={() => see.mutate(data.notices.map(({ id }) => id))}>I have seen them</Button>}
      </Group>
      {[error, see.error].map((one, at) => one !== null && <ProblemNote key={at} error={one} />)}
      {data?.notices.length === 0 && <p>Nothing new.</p>}
      <ul className="timeline">
        {data?.notices.map(({ id, kind, exception, about, at }) => (
          <li key={id}>{noticeWord(kind)}{about !== null && `: ${about}`}{exception !== null && <>: <Link href={`/queue/${exception}`}>case {exception}</Link></>}, <Time at={at} /></li>
        ))}
      </ul>
    </section>
  );
}

import { Title } from '@mantine/core';
import { useAnswer, type Asked } from '../requests/audit.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { AnswerTable } from './answer-table.tsx';

/** A question of governance's under a heading, answered where a screen needs it. */
export function Answered({ question, title, given = {} }: { question: string; title: string; given?: Asked }) {
  const { data, error } = useAnswer(question, given, true);
  return (
    <section>
      <Title order={2} mb="xs">{title}</Title>
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && <AnswerTable answer={data} />}
    </section>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Act } from '../../api/shapes/acts.ts';
import type { History } from '../requests/case.ts';
import { Time } from '../ui/time.tsx';

const words: Readonly<Record<string, string>> = { evidence: 'Evidence', 'chart-correction': 'Chart correction request', identity: 'For the identity team' };
const states: Readonly<Record<string, string>> = { requested: 'waits for an answer', completed: 'done', cancelled: 'no longer asked' };

/** What others were asked for, and the answers to questions. */
export function Tasks({ tasks, onAct }: { tasks: History['tasks']; onAct: (asked: Act) => void }) {
  if (tasks.length === 0) return null;
  return (
    <section className="card" aria-labelledby="asked">
      <h2 id="asked">Asked of others</h2>
      <ul className="timeline">
        {tasks.map((task) => (
          <li key={task.task}>
            {words[task.kind] ?? task.kind}, {states[task.state] ?? task.state}, <Time at={task.doneAt ?? task.askedAt} />
            <q>{task.text}</q>
            {task.kind === 'evidence' && task.state === 'requested' && <Answer onAnswer={(text) => onAct({ act: 'give-evidence', task: task.task, text })} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Answer({ onAnswer }: { onAnswer: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') { onAnswer(text.trim()); setText(''); } }}>
      <TextInput aria-label="The answer" placeholder="What they answered" value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={4000} />
      <Button mt={4} size="compact-sm" variant="default" type="submit" disabled={text.trim() === ''}>Keep the answer</Button>
    </form>
  );
}

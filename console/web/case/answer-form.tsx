import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Act } from '../../api/shapes/acts.ts';

type Answer = Extract<Act, { act: 'answer' }>;

const words: Readonly<Record<Answer['validity'], string>> = {
  'true-finding': 'It is so, and is being mended', 'true-but-acceptable': 'It is so, and is in order', 'rule-wrong': 'It is not so', 'reference-wrong': 'A table or a mapping was wrong', 'cannot-tell': 'Nobody can tell',
};

/** A case that holds no records, such as an alarm about a run: what was found closes it. */
export function AnswerForm({ onAnswer, busy }: { onAnswer: (answer: Answer) => void; busy: boolean }) {
  const [validity, setValidity] = useState<Answer['validity'] | ''>('');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => { event.preventDefault(); if (validity !== '' && reason.trim() !== '') onAnswer({ act: 'answer', validity, reason: reason.trim() }); };
  return (
    <form className="card" aria-label="Answer" onSubmit={submit}>
      <p className="help">No records wait here. What you found closes the case; should it come again, a new one opens.</p>
      <NativeSelect mt="sm" label="What you found" value={validity} onChange={(event) => setValidity(event.currentTarget.value as Answer['validity'])}
        data={[...(validity === '' ? [{ value: '', label: 'Choose' }] : []), ...Object.entries(words).map(([value, label]) => ({ value, label }))]} />
      <Textarea mt="sm" label="Why" autosize minRows={2} maxRows={8} maxLength={4000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Button type="submit" mt="md" fullWidth loading={busy} disabled={validity === '' || reason.trim() === ''}>Close the case</Button>
    </form>
  );
}

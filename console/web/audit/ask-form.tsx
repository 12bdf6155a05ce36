import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AuditState } from '../../api/shapes/audit.ts';
import type { Asked } from '../requests/audit.ts';

type Question = AuditState['questions'][number];
type Props = { state: AuditState; question: Question; given: Asked; onAsk: (question: string, given: Asked) => void };

/**
 * Which question, about whom or what. Nothing is asked before the button is pressed: an answer about a patient is a view
 * of the record. What was asked is in the address, so that it can be sent to a colleague who may see it.
 */
export function AskForm({ state, question: asked, given, onAsk }: Props) {
  const [name, choose] = useState(asked.name);
  const question = state.questions.find((one) => one.name === name) ?? asked;
  const words = [...question.needs, ...question.takes];
  return (
    <form className="card" aria-label="The question" onSubmit={(event) => {
      event.preventDefault();
      const said = new FormData(event.currentTarget);
      onAsk(question.name, Object.fromEntries(words.map((one) => [one, `${said.get(one) as string}`.trim() || undefined])));
    }}>
      <Group align="flex-end" gap="sm">
        <NativeSelect label="Question" value={question.name} data={state.questions.map(({ name: value, asks }) => ({ value, label: asks }))} onChange={(event) => choose(event.currentTarget.value)} />
        {words.map((one) => <TextInput key={one} name={one} label={state.parameters[one]} defaultValue={given[one] ?? ''} required={question.needs.includes(one)} />)}
        <Button type="submit">Ask</Button>
      </Group>
    </form>
  );
}

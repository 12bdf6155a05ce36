import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { AuditState } from '../../api/shapes/audit.ts';
import type { Asked } from '../requests/audit.ts';

type Question = AuditState['questions'][number];
type Props = { state: AuditState; question: Question; given: Asked; onAsk: (question: string, given: Asked) => void };

/** Which question, about whom or what. The answer is in the address, so that it can be sent to a colleague who may see it. */
export function AskForm({ state, question, given, onAsk }: Props) {
  return (
    <form className="card" aria-label="The question" onSubmit={(event) => {
      event.preventDefault();
      const words = new FormData(event.currentTarget);
      onAsk(question.name, Object.fromEntries([...question.needs, ...question.takes].map((name) => [name, `${words.get(name) as string}`.trim() || undefined])));
    }}>
      <Group align="flex-end" gap="sm">
        <NativeSelect label="Question" value={question.name} data={state.questions.map(({ name, asks }) => ({ value: name, label: asks }))}
          onChange={(event) => onAsk(event.currentTarget.value, given)} />
        {[...question.needs, ...question.takes].map((name) => (
          <TextInput key={`${question.name} ${name}`} name={name} label={state.parameters[name]} defaultValue={given[name] ?? ''} required={question.needs.includes(name)} />
        ))}
        <Button type="submit">Ask</Button>
      </Group>
    </form>
  );
}

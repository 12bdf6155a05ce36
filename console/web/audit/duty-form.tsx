import { Button, Group, NativeSelect, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { ProblemNote } from '../ui/problem-note.tsx';

export type Field = {
  readonly name: string; readonly label: string; readonly hint?: string; readonly optional?: boolean;
  readonly as?: 'line' | 'words' | 'date' | 'number';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
};
export type Words = Readonly<Record<string, string>>;
type Props = {
  readonly title: string; readonly about?: ReactNode; readonly fields: readonly Field[]; readonly button: string; readonly grave?: boolean;
  /** A request that goes on, its failure, and what to say when it is done. */
  readonly state: { readonly isPending: boolean; readonly error: Error | null }; readonly done?: string | undefined;
  readonly onDo: (words: Words, form: HTMLFormElement) => void;
};

/** One thing that governance does: what is asked, one button, and what came of it. */
export function DutyForm({ title, about, fields, button, grave = false, state, done, onDo }: Props) {
  const id = useId();
  return (
    <form className="card" aria-labelledby={id} onSubmit={(event) => {
      event.preventDefault();
      const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const);
      onDo(Object.fromEntries(given), event.currentTarget);
    }}>
      <Title order={2} id={id} mb="xs">{title}</Title>
      {about !== undefined && <Text size="sm" c="dimmed" mb="sm">{about}</Text>}
      <div className="filters asked">{fields.map((field) => <Asked key={field.name} field={field} />)}</div>
      <Group mt="sm"><Button type="submit" loading={state.isPending} {...(grave ? { color: 'red' } : {})}>{button}</Button></Group>
      {state.error !== null && <ProblemNote error={state.error} />}
      {done !== undefined && <p role="status">{done}</p>}
    </form>
  );
}

function Asked({ field: { name, label, hint, optional = false, as = 'line', choices } }: { field: Field }) {
  const shared = { name, label, required: !optional, ...(hint === undefined ? {} : { description: hint }) };
  if (choices !== undefined) return <NativeSelect {...shared} data={[...choices]} />;
  if (as === 'words') return <Textarea {...shared} autosize minRows={2} maxLength={4_000} />;
  return <TextInput {...shared} maxLength={as === 'line' ? 200 : undefined} {...(as === 'line' ? {} : { type: as })} {...(as === 'number' ? { min: 0 } : {})} />;
}

export const ofPatient: readonly Field[] = [{ name: 'source', label: 'Source' }, { name: 'patient', label: 'Patient’s id at the source' }];
/** "a, b" → two names. */
export const listed = (text = ''): string[] => text.split(',').map((one) => one.trim()).filter((one) => one !== '');

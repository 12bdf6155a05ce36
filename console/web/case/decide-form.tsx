import { Button, Checkbox, Group, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import type { FormEvent, KeyboardEvent, RefObject } from 'react';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import { asksWho, choices, choiceWords, releases, rootCauseWords, validityWords, whoChoices, whoWords } from '../words/case-words.ts';
import { allPurposes, purposeWords } from '../words/queue-words.ts';
import { chosen, ready, type Draft } from './draft.ts';

type Props = {
  one: Pick<ExceptionDetail, 'owner' | 'waits' | 'rule'>; draft: Draft; onChange: (draft: Draft) => void; onDecide: () => void; busy: boolean;
  /** What the button says: whether it is signed, whether another person follows. */
  label: string; reason: RefObject<HTMLTextAreaElement | null>;
};

const options = <Key extends string>(words: Readonly<Record<Key, string>>) => Object.entries<string>(words).map(([value, label]) => ({ value, label }));

/** A person's view of the case. Ctrl+Enter gives it. */
export function DecideForm({ one, draft, onChange, onDecide, busy, label, reason }: Props) {
  const set = (more: Partial<Draft>): void => onChange({ ...draft, ...more });
  const submit = (event: FormEvent): void => { event.preventDefault(); if (ready(draft)) onDecide(); };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready(draft)) onDecide();
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
  };
  const allowed = one.owner === 'identity' ? choices.filter((choice) => choice !== 'identity-team') : choices;
  return (
    <form className="card" aria-label="Decide" onSubmit={submit} onKeyDown={keys}>
      {asksWho(one.rule) && (
        <Radio.Group label="Who they are" value={draft.validity} mb="sm" onChange={(value) => { const who = whoChoices.find((name) => name === value); if (who !== undefined) set({ validity: who }); }}>
          {whoChoices.map((who) => <Radio key={who} mt={6} value={who} label={<>{whoWords[who].says} <kbd>{whoWords[who].key}</kbd></>} />)}
        </Radio.Group>
      )}
      <Radio.Group label="What happens to the records" value={draft.disposition} onChange={(value) => { const choice = allowed.find((name) => name === value); if (choice !== undefined) onChange(chosen(draft, choice, one.rule)); }}>
        {allowed.map((choice) => <Radio key={choice} mt={6} value={choice} label={<>{choiceWords[choice].says} <kbd>{choiceWords[choice].key}</kbd></>} />)}
      </Radio.Group>
      {draft.disposition !== '' && <p className="help">{choiceWords[draft.disposition].help}</p>}
      {!asksWho(one.rule) && <NativeSelect mt="sm" label="Was the finding right?" value={draft.validity} onChange={(event) => set({ validity: event.currentTarget.value as Draft['validity'] })}
        data={[...(draft.validity === '' ? [{ value: '', label: 'Choose' }] : []), ...options(validityWords)]} />}
      <NativeSelect mt="sm" label="Where it came from" value={draft.rootCause} onChange={(event) => set({ rootCause: event.currentTarget.value as Draft['rootCause'] })} data={options(rootCauseWords)} />
      <Textarea mt="sm" ref={reason} label="Why" autosize minRows={2} maxRows={8} maxLength={4000} value={draft.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
      <details>
        <summary>For {draft.purposes.length === one.waits.length ? 'all purposes that wait' : draft.purposes.map((purpose) => purposeWords[purpose]).join(', ') || 'no purpose'}; {draft.scope === 'members' ? 'these records' : 'also what comes later'}</summary>
        <Checkbox.Group label="Purposes" value={draft.purposes} onChange={(values) => set({ purposes: allPurposes.filter((purpose) => values.includes(purpose)) })}>
          <Group gap="sm" mt={4}>{allPurposes.filter((purpose) => one.waits.includes(purpose)).map((purpose) => <Checkbox key={purpose} value={purpose} label={purposeWords[purpose]} />)}</Group>
        </Checkbox.Group>
        <Checkbox mt="sm" checked={draft.scope === 'cause'} onChange={(event) => set({ scope: event.currentTarget.checked ? 'cause' : 'members' })}
          label="Also what comes later with the same cause" description="Reaches beyond the records in this case: a second person gives a view." />
      </details>
      {draft.disposition !== '' && releases(draft.disposition) && (
        <TextInput mt="sm" type="date" label="Until the end of" value={draft.ends} min={new Date().toISOString().slice(0, 10)} onChange={(event) => set({ ends: event.currentTarget.value })}
          description="Then what still holds is asked again." />
      )}
      <Button type="submit" mt="md" fullWidth loading={busy} disabled={!ready(draft)}>{label}</Button>
    </form>
  );
}

import { Button, Group, NativeSelect, NumberInput, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useProposals, type Policy } from '../requests/policy.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { actions, actionWords, type Action } from '../words/policy-words.ts';
import { allPurposes, purposeWords } from '../words/queue-words.ts';
import { actionFor, differences, withAction } from './policy-difference.ts';

/** A change of the policy in force, as it is written; nothing changes by trying it. */
export function Propose({ inForce, titleOf }: { inForce: Policy; titleOf: (rule: string) => string }) {
  const [changed, setChanged] = useState<Policy>(inForce);
  const [rule, setRule] = useState('');
  const [because, setBecause] = useState('');
  const { propose } = useProposals();
  const lines = differences(inForce, changed, titleOf);
  const row = changed.rules[rule];
  const ids = Object.keys(inForce.rules).sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  return (
    <form className="card" aria-labelledby="propose" onSubmit={(event) => {
      event.preventDefault();
      propose.mutate({ body: changed, because: because.trim() }, { onSuccess: () => { setChanged(inForce); setBecause(''); setRule(''); } });
    }}>
      <Title order={2} id="propose">Propose a change</Title>
      <p className="help">It is tried against everything that is stored; another governor then puts it in force, or not.</p>
      {propose.error !== null && <ProblemNote error={propose.error} />}
      <Group align="flex-end" gap="sm">
        <NativeSelect label="Rule" value={rule} onChange={(event) => setRule(event.currentTarget.value)} data={[{ value: '', label: 'Choose' }, ...ids.map((id) => ({ value: id, label: titleOf(id) }))]} />
        {row !== undefined && allPurposes.map((purpose) => (
          <NativeSelect key={purpose} label={purposeWords[purpose]} value={actionFor(row, purpose) ?? 'hold'} data={actions.map((value) => ({ value, label: actionWords[value] }))}
            onChange={(event) => setChanged({ ...changed, rules: { ...changed.rules, [rule]: withAction(row, purpose, event.currentTarget.value as Action) } })} />
        ))}
        <NumberInput label="Seconds to undo a decision" min={0} max={86_400} value={changed.undoSeconds} onChange={(value) => setChanged({ ...changed, undoSeconds: Number(value) || 0 })} />
      </Group>
      {lines.length > 0 && <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
      <Textarea mt="sm" label="Why" autosize minRows={2} maxLength={4000} value={because} onChange={(event) => setBecause(event.currentTarget.value)} />
      <Button mt="sm" type="submit" loading={propose.isPending} disabled={lines.length === 0 || because.trim() === ''}>Try it out</Button>
    </form>
  );
}

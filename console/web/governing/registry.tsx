import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSuspend, type useOversight } from '../requests/governing.ts';
import { useMe } from '../requests/me.ts';
import { ReleasedRecords } from './released-records.tsx';
import { saidWords } from '../words/record-words.ts';
import { Chip } from '../ui/chip.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

type Entry = NonNullable<ReturnType<typeof useOversight>['data']>['registry'][number];

/** Models with what they are approved for; a governor ends an approval at once. */
export function Registry({ entries }: { entries: readonly Entry[] }) {
  const { data: me } = useMe();
  const governs = me?.person != null && me.roles.includes('governor');
  const suspend = useSuspend();
  const [sure, setSure] = useState<string>();
  const [listed, setListed] = useState<Entry>();
  return (
    <>
      <div className="card flush" tabIndex={0} role="region" aria-label="Registry">
        {suspend.error !== null && <ProblemNote error={suspend.error} />}
        <table className="rows">
          <caption>Registry of models</caption>
          <thead><tr><th scope="col">Model</th><th scope="col">Versions</th><th scope="col">Intended use</th><th scope="col">Verification by people</th><th scope="col">Approved</th><th scope="col">Released already</th>{governs && <th scope="col">Suspend</th>}</tr></thead>
          <tbody>{entries.map((one) => (
            <tr key={one.model}>
              <th scope="row">{one.name}</th><td>{one.versions.join(', ')}</td><td>{one.intendedUse}</td><td>{one.verification}</td>
              <td>{one.approved ? <Chip tone="good">approved</Chip> : <Chip tone="bad">not approved now</Chip>} {saidWords(one.approvedFrom)}{one.approvedUntil !== null && ` – ${saidWords(one.approvedUntil)}`}, {one.approvedBy}</td>
              <td><Button size="compact-sm" variant="default" aria-expanded={listed?.model === one.model} onClick={() => setListed(listed?.model === one.model ? undefined : one)}>Show<span className="unseen"> what was released of {one.name}</span></Button></td>
              {governs && <td>{one.approved && (sure === one.model
                ? <Button size="compact-sm" color="red" loading={suspend.isPending} onClick={() => suspend.mutate(one.model, { onSuccess: () => { setSure(undefined); setListed(one); } })}>Yes, hold what it asserts from now on</Button>
                : <Button size="compact-sm" variant="default" onClick={() => setSure(one.model)}>Suspend<span className="unseen"> {one.name}</span></Button>)}</td>}
            </tr>))}</tbody>
        </table>
      </div>
      {listed !== undefined && <ReleasedRecords model={listed.model} name={listed.name} />}
    </>
  );
}

import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Member } from '../../api/shapes/exceptions.ts';
import { plural } from '../ui/count.tsx';
import { Time } from '../ui/time.tsx';
import { TypeName } from '../ui/type-name.tsx';
import { placeWords, typeWords } from '../words/record-words.ts';
import { memberWords } from '../words/queue-words.ts';

type Props = {
  members: readonly Member[];
  /** Some of them, chosen, wait in a case of their own from then on; absent: they cannot. */
  onSplit?: ((versions: string[]) => void) | undefined;
};

/** The records of a case as references: where to look, never what stands there. */
export function MemberTable({ members, onSplit }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const waiting = new Set(members.flatMap(({ version, state }) => state === 'waiting' ? version : []));
  const apart = [...chosen].filter((version) => waiting.has(version));
  const splits = onSplit !== undefined && waiting.size > 1;
  const choose = (version: string): void => setChosen((before) => { const after = new Set(before); if (!after.delete(version)) after.add(version); return after; });
  return (
    <div className="card flush" tabIndex={0} role="region" aria-label="Records in this case">
      <table className="rows">
        <caption>Records in this case</caption>
        <thead><tr>{splits && <th scope="col"><span className="unseen">Choose</span></th>}<th scope="col">Record</th><th scope="col">Version</th><th scope="col">Where to look</th><th scope="col">Came with</th><th scope="col">Landed</th><th scope="col">State</th></tr></thead>
        <tbody>
          {members.map((member) => (
            <tr key={`${member.version} ${member.expression}`}>
              {splits && <td>{waiting.has(member.version) && <Checkbox size="xs" checked={chosen.has(member.version)} onChange={() => choose(member.version)} aria-label={`Choose ${typeWords(member.type)} ${member.id}`} />}</td>}
              <th scope="row"><TypeName type={member.type} id={member.id} /></th>
              <td>{member.versionId ?? member.ordinal}</td>
              <td>{[...new Set([...member.expression === null ? [] : [member.expression], ...member.evidence.map((place) => place.expression)])].map((place) => <div key={place} title={place}>{placeWords(place)}</div>)}</td>
              <td className="short"><Link href={`/runs/${member.run}`}>Run {member.run}</Link></td>
              <td className="short"><Time at={member.landedAt} /></td>
              <td>{memberWords[member.state] ?? member.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {splits && apart.length > 0 && (
        <Button m="sm" variant="default" disabled={apart.length === waiting.size} onClick={() => { onSplit(apart); setChosen(new Set()); }}>
          {apart.length === waiting.size ? 'Leave at least one in this case' : `Split ${plural(apart.length, 'record')} off, into a case of their own`}
        </Button>
      )}
    </div>
  );
}

import { Link } from 'wouter';
import type { Member } from '../../api/shapes/exceptions.ts';
import { Time } from '../ui/time.tsx';
import { memberWords } from '../words/queue-words.ts';

/** The records of a case as references: where to look, never what stands there. */
export function MemberTable({ members }: { members: readonly Member[] }) {
  return (
    <div className="card flush" tabIndex={0} role="region" aria-label="Records in this case">
      <table className="rows">
        <caption>Records in this case</caption>
        <thead><tr><th scope="col">Record</th><th scope="col">Version</th><th scope="col">Where to look</th><th scope="col">Came with</th><th scope="col">Landed</th><th scope="col">State</th></tr></thead>
        <tbody>
          {members.map((member) => (
            <tr key={`${member.version} ${member.expression}`}>
              <th scope="row">{member.type}/{member.id}</th>
              <td>{member.versionId ?? member.ordinal}</td>
              <td>{[...new Set([...member.expression === null ? [] : [member.expression], ...member.evidence.map((place) => place.expression)])].map((place) => <div key={place}><code>{place}</code></div>)}</td>
              <td className="short"><Link href={`/runs/${member.run}`}>Run {member.run}</Link></td>
              <td className="short"><Time at={member.landedAt} /></td>
              <td>{memberWords[member.state] ?? member.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

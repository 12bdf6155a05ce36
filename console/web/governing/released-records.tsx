import { Link } from 'wouter';
import { useReleased } from '../requests/governing.ts';
import { plural } from '../ui/count.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { purposeWords } from '../words/queue-words.ts';
import { typeWords } from '../words/record-words.ts';

/** What a model asserted that feeds still carry: a suspension holds what comes, not what went. */
export function ReleasedRecords({ model, name }: { model: string; name: string }) {
  const { data, error } = useReleased(model);
  if (data === undefined) return error === null ? null : <ProblemNote error={error} />;
  return (
    <section className="card flush long" tabIndex={0} role="region" aria-label={`Released already, by ${name}`}>
      <table className="rows">
        <caption>Released already, by {name}: {plural(data.total, 'record')}</caption>
        {data.records.length > 0 && <thead><tr><th scope="col">Record</th><th scope="col">Source</th><th scope="col">Feeds that carry it</th><th scope="col">Released</th></tr></thead>}
        <tbody>{data.records.map((one) => (
          <tr key={one.version}>
            <th scope="row"><Link href={`/lineage?${new URLSearchParams({ source: one.source, type: one.type, id: one.id }).toString()}`}>{typeWords(one.type)} {one.id}</Link></th>
            <td>{one.source}</td><td>{one.purposes.map((purpose) => purposeWords[purpose]).join(', ')}</td><td><Time at={one.at} /></td>
          </tr>))}</tbody>
      </table>
      <p className="help" style={{ padding: '0 20px 12px' }}>{data.records.length === 0 ? 'Nothing of it is in a feed.' : <>To take them back, see <Link href="/audit/retractions">Take back</Link>.</>}</p>
    </section>
  );
}

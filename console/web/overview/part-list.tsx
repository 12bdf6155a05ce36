import type { Part } from '../../api/shapes/status.ts';
import { useStatus } from '../requests/status.ts';
import { Chip } from '../ui/chip.tsx';

const words: Readonly<Record<Part['state'], readonly ['good' | 'bad' | 'plain', string]>> = {
  up: ['good', 'Up'], down: ['bad', 'Down'], absent: ['plain', 'Not set up'],
};

/** Each part of the product: whether it works and where it is. */
export function PartList() {
  const { data } = useStatus();
  if (data === undefined || data.parts.length === 0) return null;
  return (
    <div className="card flush" tabIndex={0} role="region" aria-label="Parts">
      <table className="rows">
        <caption>Parts</caption>
        <thead><tr><th scope="col">Part</th><th scope="col">State</th><th scope="col">Address</th></tr></thead>
        <tbody>
          {data.parts.map(({ part, state, address, detail }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td><Chip tone={words[state][0]}>{words[state][1]}</Chip></td>
              <td>{address?.startsWith('http') ? <a href={address}>{address}</a> : address}{detail !== undefined && <div>{detail}</div>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

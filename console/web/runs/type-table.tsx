import type { RunType } from '../../api/shapes/runs.ts';
import { Chip } from '../ui/chip.tsx';
import { Figure } from '../ui/count.tsx';
import { TypeName } from '../ui/type-name.tsx';
import type { Tone } from '../words/run-words.ts';

const columns = [['received', 'Received'], ['landed', 'New or changed'], ['unchanged', 'Unchanged'], ['deleted', 'Deleted'], ['quarantined', 'Quarantined']] as const;

export function TypeTable({ types }: { types: readonly RunType[] }) {
  if (types.length === 0) return null;
  return (
    <div className="card flush" tabIndex={0} role="region" aria-label="By type of record">
      <table className="rows">
        <caption>By type of record</caption>
        <thead><tr>
          <th scope="col">Type</th><th scope="col">State</th><th scope="col" className="number">Files</th>
          {columns.map(([key, label]) => <th key={key} scope="col" className="number">{label}</th>)}
        </tr></thead>
        <tbody>
          {types.map((type) => {
            const [tone, says] = standing(type);
            return (
              <tr key={type.type}>
                <th scope="row">{type.type === '' ? 'Mixed files' : <TypeName type={type.type} />}</th>
                <td><Chip tone={tone}>{says}</Chip></td>
                <td className="number">{type.files === 0 ? '–' : `${type.filesDone} of ${type.files}`}</td>
                {columns.map(([key]) => <td key={key} className="number"><Figure n={type[key]} /></td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function standing({ state, files, filesDone }: RunType): [Tone, string] {
  if (state === 'failed') return ['bad', 'Failed'];
  if (state === 'done' || filesDone === files) return ['good', 'Complete'];
  return ['blue', 'Coming in'];
}

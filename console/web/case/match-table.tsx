import { Chip } from '../ui/chip.tsx';
import { saidWords } from '../words/record-words.ts';
import { matchMatrix, type Match } from './match-matrix.ts';
import { parsed, type Opened } from './statement-panel.tsx';

const words: Readonly<Record<Match, readonly ['good' | 'warn' | 'bad' | 'plain', string]>> = {
  agrees: ['good', 'agrees'], nearly: ['warn', 'nearly agrees'], differs: ['bad', 'differs'], 'one-sided': ['plain', 'one says nothing'], own: ['plain', 'each has its own'],
};

/** Two records of patients, element by element. It says where they agree, never whether they are one person. */
export function MatchTable({ one, other }: { one: Opened; other: Opened }) {
  const found = matchMatrix(parsed(one.text), parsed(other.text));
  const count = (match: Match): number => found.filter((row) => row.match === match).length;
  return (
    <>
      <table className="rows matrix">
        <caption className="unseen">Where the two patients agree</caption>
        <thead><tr><th scope="col">Element</th>{[one, other].map(({ id }, at) => <th key={id} scope="col" title={`Patient/${id}`}>{at === 0 ? 'The first' : 'The second'}</th>)}<th scope="col">They</th></tr></thead>
        <tbody>{found.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {[row.one, row.other].map((side, at) => <td key={at}>{side.length === 0 ? 'not stated' : side.map((text) => <div key={text}>{row.match === 'differs' || row.match === 'nearly' ? <mark>{saidWords(text)}</mark> : saidWords(text)}</div>)}</td>)}
            <td><Chip tone={words[row.match][0]}>{words[row.match][1]}</Chip></td>
          </tr>))}</tbody>
      </table>
      <p className="help">{count('agrees')} agree{count('agrees') === 1 && 's'}, {count('nearly')} nearly, {count('differs')} differ{count('differs') === 1 && 's'}. Whether they are one person is for you to say.</p>
    </>
  );
}

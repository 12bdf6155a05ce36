import { Fragment } from 'react';
import { plural } from '../ui/count.tsx';
import { saidWords } from '../words/record-words.ts';
import { clinicalLines, marks } from './clinical-lines.ts';
import { parsed, type Opened } from './statement-panel.tsx';

/** Two versions of one record: what changed, line by line; what stayed is counted, and shown when it is asked for. */
export function VersionChanges({ one, other }: { one: Opened; other: Opened }) {
  const [before, after] = one.ordinal < other.ordinal ? [one, other] : [other, one];
  const [was, is] = [linesOf(before.text), linesOf(after.text)];
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  const changed = paths.filter((path) => was.get(path)?.text !== is.get(path)?.text);
  const meant = (path: string): boolean => marks([...before.expressions, ...after.expressions], path);
  const same = paths.filter((path) => !changed.includes(path));
  return (
    <>
    <table className="rows matrix">
      <caption className="unseen">What changed between the versions</caption>
      <thead><tr><th scope="col">Element</th><th scope="col">Version {before.ordinal}</th><th scope="col">Version {after.ordinal}</th></tr></thead>
      <tbody>
        {changed.map((path) => (
          <tr key={path}>
            <th scope="row">{(is.get(path) ?? was.get(path))?.label}</th>
            {[was, is].map((lines, at) => <td key={at}>{lines.has(path) ? meant(path) ? <mark>{saidWords(lines.get(path)?.text ?? '')}</mark> : saidWords(lines.get(path)?.text ?? '') : 'not stated'}</td>)}
          </tr>
        ))}
        {changed.length === 0 && <tr><td colSpan={3} className="zero">Nothing that a person reads changed.</td></tr>}
      </tbody>
    </table>
    {same.length > 0 && (
      <details>
        <summary>{plural(same.length, 'line')} the same in both</summary>
        <dl className="facts">{same.map((path) => <Fragment key={path}><dt>{is.get(path)?.label}</dt><dd>{saidWords(is.get(path)?.text ?? '')}</dd></Fragment>)}</dl>
      </details>
    )}
    </>
  );
}

const linesOf = (text: string) => new Map(clinicalLines(parsed(text)).map((line) => [line.path, line]));

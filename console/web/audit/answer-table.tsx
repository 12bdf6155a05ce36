import { Button, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../../api/shapes/audit.ts';
import { answerWords } from '../words/answer-words.ts';
import { dayAndTime, fullTime } from '../words/time-words.ts';

/** PostgreSQL's text of a timestamptz. */
const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?\+00$/;
/** What is drawn at once; a patient of many years has thousands of rows, and the proof is below them. */
const AT_ONCE = 200;

/** What a cell names, and where that is asked about. */
const leads: Readonly<Record<string, (cell: string) => string>> = {
  sequence: (entry) => `/audit?question=entry&entry=${entry}`,
  version: (version) => `/audit?question=version&version=${version}`,
  case: (one) => `/queue/${one}`,
};

type Cell = Answer['rows'][number][string];

/** Numbers stand as they are, not in groups: most are names of something, to be asked about. */
function shown(column: string, cell: Cell | undefined): ReactNode {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  const lead = leads[column];
  if (lead !== undefined && /^\d+$/.test(String(cell))) return <Link href={lead(String(cell))}>{cell}</Link>;
  if (typeof cell === 'number') return cell;
  const [, day, time] = INSTANT.exec(cell) ?? [];
  if (day === undefined) return answerWords(column, cell);
  const at = `${day}T${time}Z`;
  return <time dateTime={at} title={fullTime(at)}>{dayAndTime(at)}</time>;
}

/** An answer with its columns in words, and what it leaves out. */
export function AnswerTable({ answer: { asks, columns, rows, leavesOut } }: { answer: Answer }) {
  const names = Object.keys(columns);
  const [all, showAll] = useState(false);
  const drawn = all ? rows : rows.slice(0, AT_ONCE);
  return (
    <section className="card flush" tabIndex={0} role="region" aria-label={asks}>
      {rows.length === 0 ? <Text p="md">None on record.</Text> : (
        <table className="rows answer">
          <thead><tr>{names.map((name) => <th key={name} scope="col">{columns[name]}</th>)}</tr></thead>
          <tbody>{drawn.map((row, at) => <tr key={at}>{names.map((name) => <td key={name}>{shown(name, row[name])}</td>)}</tr>)}</tbody>
        </table>
      )}
      {drawn.length < rows.length && (
        <Text size="sm" px="md" py="xs">The first {AT_ONCE} of {rows.length.toLocaleString('en')} rows. <Button size="compact-sm" variant="default" onClick={() => showAll(true)}>Show all</Button></Text>
      )}
      {leavesOut.map((one) => <Text key={one} size="sm" c="dimmed" px="md" pb="xs">{one}</Text>)}
    </section>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../../api/shapes/audit.ts';
import { Time } from '../ui/time.tsx';

/** PostgreSQL's text of a timestamptz. */
const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?\+00$/;

function shown(cell: string | number | boolean | null | undefined): ReactNode {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (typeof cell === 'number') return cell.toLocaleString('en');
  const [, day, time] = INSTANT.exec(cell) ?? [];
  return day === undefined ? cell : <Time at={`${day}T${time}Z`} />;
}

/** An answer with its columns in words, and what it leaves out. */
export function AnswerTable({ answer: { asks, columns, rows, leavesOut } }: { answer: Answer }) {
  const names = Object.keys(columns);
  return (
    <section className="card flush" tabIndex={0} role="region" aria-label={asks}>
      {rows.length === 0 ? <Text p="md">Nothing: no event says so.</Text> : (
        <table className="rows">
          <thead><tr>{names.map((name) => <th key={name} scope="col">{columns[name]}</th>)}</tr></thead>
          <tbody>{rows.map((row, at) => <tr key={at}>{names.map((name) => <td key={name}>{shown(row[name])}</td>)}</tr>)}</tbody>
        </table>
      )}
      {leavesOut.map((one) => <Text key={one} size="sm" c="dimmed" px="md" pb="xs">{one}</Text>)}
    </section>
  );
}

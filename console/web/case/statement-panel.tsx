import { useEffect, useRef } from 'react';
import { saidWords, typeWords } from '../words/record-words.ts';
import { clinicalLines, marks, type Line } from './clinical-lines.ts';
import { passages } from './passages.ts';
import { headOf } from './record-head.ts';
import type { Statement } from './statements.ts';

/** Longer than this it is a note: its passages are marked, not all of it. */
const NOTE = 200;
/** Above the first mark, when a long record is scrolled to it. */
const SPACE_PX = 48;

export type Opened = Statement & { readonly text: string };

/** One record as a clinician reads it; what the finding is about is marked. */
export function StatementPanel({ opened, title, words }: { opened: Opened; title: string; words: readonly string[] }) {
  const resource = parsed(opened.text);
  const lines = clinicalLines(resource);
  const { at, by } = headOf(resource);
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => {
    const first = list.current?.querySelector<HTMLElement>('mark');
    if (first != null) list.current?.scrollTo({ top: first.offsetTop - SPACE_PX });
  }, [opened.version]);
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <p className="help">{[typeWords(opened.type), at === undefined ? '' : saidWords(at), by === undefined ? '' : `by ${saidWords(by)}`].filter((one) => one !== '').join(' · ')}</p>
      {lines.length === 0 ? <p>There is nothing here that a person reads; look at the FHIR JSON.</p> : (
        <dl ref={list} className="facts read" tabIndex={0} aria-label={`${title}, as read`}>{lines.map((line) => <Said key={line.path} line={line} marked={marks(opened.expressions, line.path)} words={words} />)}</dl>
      )}
    </section>
  );
}

function Said({ line: { label, text }, marked, words }: { line: Line; marked: boolean; words: readonly string[] }) {
  const note = text.length > NOTE;
  return (
    <>
      <dt className={marked ? 'marked' : ''}>{label}</dt>
      <dd className={note ? 'note-text' : ''}>
        {note ? passages(text, words).map((piece, at) => piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text) : marked ? <mark>{saidWords(text)}</mark> : saidWords(text)}
        {marked && <span className="unseen"> (the finding is about this)</span>}
      </dd>
    </>
  );
}

/** What the marked lines of a record say. */
export const markedText = ({ text, expressions }: Opened): string[] =>
  clinicalLines(parsed(text)).filter((line) => line.text.length <= NOTE && marks(expressions, line.path)).map((line) => line.text);

export function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}

export function asJson(text: string): string {
  const value = parsed(text);
  // A number that JSON.parse would change stays as it was received.
  return value === undefined || /\d\.\d*0[,\s}\]]/.test(text) ? text : JSON.stringify(value, null, 2);
}

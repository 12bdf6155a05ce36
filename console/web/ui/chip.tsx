import type { ReactNode } from 'react';
import type { Tone } from '../words/run-words.ts';

/** A short word with a tone; the word says it, the colour only repeats it. */
export const Chip = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) =>
  <span className={`chip ${tone}`}>{children}</span>;

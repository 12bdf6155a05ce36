import type { Exception } from '../../api/shapes/exceptions.ts';
import { allPurposes, purposeWords } from '../words/queue-words.ts';

/** Purposes that wait for a case. */
export const Waits = ({ waits }: { waits: Exception['waits'] }) => (
  <>{waits.length === 0 ? '–' : waits.length === allPurposes.length ? 'All purposes'
    : allPurposes.filter((purpose) => waits.includes(purpose)).map((purpose) => purposeWords[purpose]).join(', ')}</>
);

import type { Exception } from '../../api/shapes/exceptions.ts';
import { Chip } from '../ui/chip.tsx';
import { allPurposes, purposeWords } from '../words/queue-words.ts';

/** Purposes that wait for a case. */
export function Waits({ waits }: { waits: Exception['waits'] }) {
  if (waits.length === 0) return <>–</>;
  if (waits.length === allPurposes.length) return <Chip>All purposes</Chip>;
  return <span className="chips">{allPurposes.filter((purpose) => waits.includes(purpose)).map((purpose) => <Chip key={purpose}>{purposeWords[purpose]}</Chip>)}</span>;
}

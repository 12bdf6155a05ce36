import { fullTime, shortTime } from '../words/time-words.ts';

/** An instant in the reader's zone, in full on hover. */
export const Time = ({ at }: { at: string }) => <time dateTime={at} title={fullTime(at)}>{shortTime(at)}</time>;

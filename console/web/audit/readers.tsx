import { counted } from '../ui/count.tsx';

/** Who was given what a preview is about. */
export const Readers = ({ readers }: { readers: readonly { consumer: string; entries: number }[] }) => readers.length === 0
  ? <p>No consumer was given any of them.</p>
  : <ul>{readers.map((one) => <li key={one.consumer}>{one.consumer} was given {counted(one.entries)}.</li>)}</ul>;

import { Text } from '@mantine/core';
import type { Proof } from '../../api/shapes/audit.ts';
import { Time } from '../ui/time.tsx';

type Props = { readonly proof: Proof; readonly whom: string; readonly since: string | undefined };

/** What a proof proves and what it does not, in words of a lead who does not program. @param whom "this patient" */
export const ProofWords = ({ proof: { links, checkpoint, older }, whom, since }: Props) => (
  <>
    <Text size="sm" mb="xs"><b>{links.toLocaleString('en')} {links === 1 ? 'event' : 'events'}</b> touched {whom}. Each is linked to the one before it, like beads on a string:
      take one away, add one or change one, and the end of the string no longer fits.</Text>
    {older !== null && <Text size="sm" mb="xs"><b>Unchanged since:</b> what was signed <Time at={older.at} />, of {older.size.toLocaleString('en')} events, is the beginning of
      what is signed now. Nothing that was there then was changed or taken away.</Text>}
    {older === null && since !== undefined && <Text size="sm" mb="xs"><b>Nothing was signed before that day:</b> the proof says what is there now, and not since when.</Text>}
    <Text size="sm" mb="xs">The end of this string, and of everybody else’s, is sealed in one signed line, the checkpoint below. A copy of it is kept outside the
      database, so that not even the owner of the database can seal another history unseen.</Text>
    <Text size="sm" mb="xs">It does not prove that the record was right when it came, and it says nothing of what happened after the checkpoint.</Text>
    <code className="line" style={{ whiteSpace: 'pre-wrap' }}>{checkpoint}</code>
  </>
);

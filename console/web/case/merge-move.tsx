import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import { useMergeable } from '../requests/case.ts';
import { causeWords } from '../words/queue-words.ts';
import { plural } from '../ui/count.tsx';

/** Another open case of the same source and team whose records then wait in this one. */
export function MergeMove({ one, onMerge }: { one: ExceptionDetail; onMerge: (from: string) => void }) {
  const { data } = useMergeable(one);
  const [from, setFrom] = useState('');
  if (data === undefined) return null;
  if (data.length === 0) return <p className="help">No other open case of this source and team can be merged into this one.</p>;
  return (
    <>
      <NativeSelect mt="xs" label="Which case comes into this one" value={from} onChange={(event) => setFrom(event.currentTarget.value)}
        data={[{ value: '', label: 'Choose' }, ...data.map(({ id, says, cause, records }) => ({ value: id, label: `Case ${id}: ${says} (${cause === '' ? '' : `${causeWords(cause)}, `}${plural(records, 'record')})` }))]} />
      <Button mt="xs" variant="default" disabled={from === ''} onClick={() => { onMerge(from); setFrom(''); }}>Merge it in</Button>
    </>
  );
}

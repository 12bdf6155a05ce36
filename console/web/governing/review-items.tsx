import { Button, Group, NativeSelect, Radio, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { clinicalLines } from '../case/clinical-lines.ts';
import { useAnswerItem, useItemRecord, useItems, useTakeItems } from '../requests/governing.ts';
import { plural } from '../ui/count.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { TypeName } from '../ui/type-name.tsx';
import { validityWords } from '../words/case-words.ts';

type Item = NonNullable<ReturnType<typeof useItems>['data']>['items'][number];

/** What the person has begun to look at, one after the other; looking at the page takes nothing. */
export function ReviewItems() {
  const { data, error } = useItems();
  const take = useTakeItems();
  const first = data?.items[0];
  return (
    <section className="card" aria-labelledby="again">
      <Title order={2} id="again">To be looked at again</Title>
      {error !== null && <ProblemNote error={error} />}
      {take.error !== null && <ProblemNote error={take.error} />}
      {data !== undefined && first !== undefined && <><p>{plural(data.items.length, 'item')} taken by you. Nobody else’s answer is shown.</p><Review key={first.item} item={first} /></>}
      {data !== undefined && first === undefined && (
        <>
          <p role="status">{data.waiting > 0 ? `${plural(data.waiting, 'item')} ${data.waiting === 1 ? 'waits' : 'wait'} for somebody.` : take.isSuccess ? 'Nothing waits.' : 'No sample waits; decisions of colleagues may.'}</p>
          <Button loading={take.isPending} onClick={() => take.mutate()}>Begin</Button>
          <p className="help">You are given up to ten; what you leave unanswered goes to somebody else after a day.</p>
        </>
      )}
    </section>
  );
}

function Review({ item }: { item: Item }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [wrong, setWrong] = useState('');
  const [validity, setValidity] = useState('');
  const [reason, setReason] = useState('');
  const answer = useAnswerItem();
  const ready = reason.trim() !== '' && opened.size > 0 && (item.asks === 'anything-wrong' ? wrong !== '' : validity !== '');
  const give = (): void => answer.mutate({ item: item.item, answer: { reason: reason.trim(), ...(item.asks === 'anything-wrong' ? { wrong: wrong === 'yes' } : { validity: validity as keyof typeof validityWords }) } });
  return (
    <div>
      <h3>{item.title}</h3>
      <p className="help">{item.says}</p>
      <div className="records">{item.records.map(({ n, type }) => <ItemRecord key={n} item={item.item} n={n} type={type} opened={opened.has(n)} onOpen={() => setOpened((before) => new Set(before).add(n))} />)}</div>
      {item.asks === 'anything-wrong'
        ? <Radio.Group mt="sm" label="Is anything wrong with it?" value={wrong} onChange={setWrong}><Group mt={4}><Radio value="no" label="No" /><Radio value="yes" label="Yes" /></Group></Radio.Group>
        : <NativeSelect mt="sm" label="Was the finding right?" value={validity} onChange={(event) => setValidity(event.currentTarget.value)} data={[{ value: '', label: 'Choose' }, ...Object.entries(validityWords).map(([value, label]) => ({ value, label }))]} />}
      <Textarea mt="sm" label="Why" autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={4000} />
      {answer.error !== null && <ProblemNote error={answer.error} />}
      <Button mt="sm" disabled={!ready} loading={answer.isPending} onClick={give}>Answer</Button>
    </div>
  );
}

function ItemRecord({ item, n, type, opened, onOpen }: { item: string; n: number; type: string; opened: boolean; onOpen: () => void }) {
  const { data, error } = useItemRecord(item, n, opened);
  return (
    <article className="card record" aria-label={`Record ${n + 1}`}>
      <h3>{n + 1}. <TypeName type={type} /></h3>
      {error !== null && <ProblemNote error={error} />}
      {!opened && <Button mt={6} variant="default" onClick={onOpen}>Open the record</Button>}
      {data !== undefined && <dl className="facts read">{clinicalLines(JSON.parse(data.text)).map(({ path, label, text }) => [<dt key={path}>{label}</dt>, <dd key={`${path} text`}>{text}</dd>])}</dl>}
    </article>
  );
}

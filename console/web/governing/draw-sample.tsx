import { Button, Group, NumberInput, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useDrawSample } from '../requests/governing.ts';
import { ProblemNote } from '../ui/problem-note.tsx';

const DAY_MS = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);

/** A period's sample, drawn once; the seed, written down, makes it again. */
export function DrawSample() {
  const [from, setFrom] = useState(() => day(7));
  const [until, setUntil] = useState(() => day(0));
  const [size, setSize] = useState(100);
  const draw = useDrawSample();
  return (
    <section className="card" aria-labelledby="draw">
      <Title order={2} id="draw">Draw a sample</Title>
      <Group align="flex-end" mt="xs">
        <TextInput type="date" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput type="date" label="Until" value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        <NumberInput label="Records" value={size} min={1} max={500} onChange={(value) => setSize(Number(value) || 1)} />
        <Button loading={draw.isPending} onClick={() => draw.mutate({ from, until, size, seed: crypto.randomUUID() })}>Draw</Button>
      </Group>
      {draw.error !== null && <ProblemNote error={draw.error} />}
      {draw.data !== undefined && <p role="status">{draw.data.size} records were drawn, by source, type and author.</p>}
    </section>
  );
}

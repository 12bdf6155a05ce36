import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSavedViews, useSaveView } from '../requests/bulk.ts';

/** Filters that the person keeps under names. */
export function SavedViews({ query, onChoose }: { query: string; onChoose: (query: string) => void }) {
  const { data } = useSavedViews(true);
  const { save, drop } = useSaveView();
  const [name, setName] = useState('');
  return (
    <details>
      <summary>Saved views{data !== undefined && data.views.length > 0 && ` (${data.views.length})`}</summary>
      <Group gap="xs" mt={4}>
        {data?.views.map((view) => (
          <Group key={view.id} gap={2} wrap="nowrap">
            <Button size="compact-sm" variant={view.query === query ? 'filled' : 'default'} onClick={() => onChoose(view.query)}>{view.name}</Button>
            <Button size="compact-sm" variant="subtle" color="gray" aria-label={`Forget the view ${view.name}`} onClick={() => drop.mutate(view.id)}>×</Button>
          </Group>
        ))}
        <form onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') save.mutate({ name: name.trim(), query }, { onSuccess: () => setName('') }); }}>
          <Group gap={4} wrap="nowrap"><TextInput size="xs" aria-label="Name for the filters as they are" placeholder="Name for these filters" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} /><Button size="compact-sm" variant="default" type="submit" disabled={name.trim() === ''}>Keep</Button></Group>
        </form>
      </Group>
    </details>
  );
}

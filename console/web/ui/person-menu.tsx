import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../requests/ask.ts';
import { useMe } from '../requests/me.ts';
import { addPasskey } from '../requests/signing.ts';

/** Who is here, and the way in or out. */
export function PersonMenu() {
  const queries = useQueryClient();
  const { data: me } = useMe();
  const out = useMutation({ mutationFn: () => ask('/auth/sign-out', { method: 'POST' }), onSettled: () => queries.resetQueries() });
  const key = useMutation({ mutationFn: addPasskey });
  if (me === undefined || me.person === null) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" visibleFrom="sm" title={me.roles.join(', ').replaceAll('-', ' ')}>{me.name}{me.credential !== null && me.credential !== '' && `, ${me.credential}`}</Text>
      {me.signing.open && <Button size="compact-sm" variant="subtle" color="gray" c="inherit" fw={500} loading={key.isPending} onClick={() => key.mutate()} visibleFrom="md">{key.isSuccess ? 'Passkey added' : key.isError ? 'Not added; again?' : 'Add a passkey'}</Button>}
      <Button size="compact-sm" variant="subtle" color="gray" c="inherit" fw={500} onClick={() => out.mutate()}>Sign out</Button>
    </Group>
  );
}

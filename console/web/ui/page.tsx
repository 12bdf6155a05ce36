import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

type PageProps = { title: string; about?: ReactNode; aside?: ReactNode; children: ReactNode };

/** A screen: its heading is the document's title. */
export function Page({ title, about, aside, children }: PageProps) {
  useEffect(() => { document.title = `${title} · fhir-assay`; }, [title]);
  return (
    <div className="page">
      <Group justify="space-between" align="flex-end" mb="md" gap="sm">
        <div>
          <Title order={1}>{title}</Title>
          {about !== undefined && <Text c="dimmed" size="sm">{about}</Text>}
        </div>
        {aside}
      </Group>
      <Stack gap="md">{children}</Stack>
    </div>
  );
}

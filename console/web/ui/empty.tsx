import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Where there is nothing: why, and what would change it. */
export const Empty = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="card"><Text fw={600}>{title}</Text><Text c="dimmed" size="sm" maw={640}>{children}</Text></div>
);

import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe } from '../requests/me.ts';
import { Page } from '../ui/page.tsx';

const screens = [
  ['/audit', 'Questions'], ['/audit/proofs', 'Prove'], ['/audit/retractions', 'Take back'], ['/audit/amendments', 'Amend'], ['/audit/keeping', 'Keep and destroy'], ['/audit/disclosures', 'Disclosures'],
] as const;

/** The frame of the screens of audit: the way to each of them. */
export function AuditPage({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const [path] = useLocation();
  return (
    <Page title={title} about={about}>
      <Group component="nav" gap={4} aria-label="Audit">
        {screens.map(([to, label]) => <Link key={to} className="nav" href={to} {...(path === to ? { 'aria-current': 'page' as const } : {})}>{label}</Link>)}
      </Group>
      {children}
    </Page>
  );
}

/** What only privacy officers and governors do; others are told so. */
export function Keepers({ children }: { children: ReactNode }) {
  const { data: me } = useMe();
  if (me === undefined) return null;
  if (me.person !== null && me.roles.some((role) => role === 'privacy-officer' || role === 'governor')) return children;
  return <div className="card">Privacy officers and governors do this here. {me.person === null ? 'Sign in as one of them.' : 'You may read what they did.'}</div>;
}

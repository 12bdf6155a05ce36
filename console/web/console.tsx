import { AppShell, Burger, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Navigation } from './navigation.tsx';
import { AuditAmendments } from './routes/audit-amendments.tsx';
import { AuditDisclosures } from './routes/audit-disclosures.tsx';
import { AuditKeeping } from './routes/audit-keeping.tsx';
import { AuditProofs } from './routes/audit-proofs.tsx';
import { AuditRetractions } from './routes/audit-retractions.tsx';
import { Audit } from './routes/audit.tsx';
import { Case } from './routes/case.tsx';
import { Desk } from './routes/desk.tsx';
import { Feeds } from './routes/feeds.tsx';
import { Missing } from './routes/missing.tsx';
import { Lineage } from './routes/lineage.tsx';
import { Oversight } from './routes/oversight.tsx';
import { Overview } from './routes/overview.tsx';
import { Packet } from './routes/packet.tsx';
import { Policy } from './routes/policy.tsx';
import { Quality } from './routes/quality.tsx';
import { Queue } from './routes/queue.tsx';
import { Rules } from './routes/rules.tsx';
import { Run } from './routes/run.tsx';
import { Runs } from './routes/runs.tsx';
import { SignIn } from './routes/sign-in.tsx';
import { ColourSwitch } from './ui/colour-switch.tsx';
import { KeysHelp } from './ui/keys-help.tsx';
import { useMe } from './requests/me.ts';
import { PersonMenu } from './ui/person-menu.tsx';
import { useKeys } from './ui/use-keys.ts';

/** The frame around all screens. */
export function Console() {
  const [menu, { toggle, close }] = useDisclosure(false);
  const [help, { open: showHelp, close: closeHelp }] = useDisclosure(false);
  const [, go] = useLocation();
  const { data: me } = useMe();
  const mayRead = me !== undefined && (!me.signIn || me.person !== null);
  useKeys(useMemo(() => ({
    '?': showHelp, 'g o': () => go('/'), 'g q': () => go('/queue'), 'g r': () => go('/runs'), 'g f': () => go('/published'), 'g y': () => go('/quality'), 'g a': () => go('/oversight'), 'g u': () => go('/rules'), 'g l': () => go('/lineage'), 'g p': () => go('/audit'), 'g d': () => go('/desk'), 'g c': () => go('/policy'),
  }), [showHelp, go]));
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !menu } }}>
      <a className="skip" href="#main">To the content</a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={menu} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" aria-expanded={menu} />
            <Mark />
            <Text fw={650}>fhir-assay</Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="subtle" size="compact-sm" color="gray" c="inherit" fw={500} onClick={showHelp}>Keys <kbd style={{ marginLeft: 6 }}>?</kbd></Button>
            <PersonMenu />
            <ColourSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">{mayRead && <Navigation onGo={close} />}</AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        {mayRead ? <Screens /> : me !== undefined && <SignIn />}
      </AppShell.Main>
      <KeysHelp opened={help} onClose={closeHelp} />
    </AppShell>
  );
}

/** Which screen an address is. */
const Screens = () => (
  <Switch>
    <Route path="/" component={Overview} />
    <Route path="/queue" component={Queue} />
    <Route path="/queue/:id">{({ id }) => <Case id={id} />}</Route>
    <Route path="/runs" component={Runs} />
    <Route path="/runs/:id">{({ id }) => <Run id={id} />}</Route>
    <Route path="/published" component={Feeds} />
    <Route path="/quality" component={Quality} />
    <Route path="/oversight" component={Oversight} />
    <Route path="/rules" component={Rules} />
    <Route path="/policy" component={Policy} />
    <Route path="/lineage" component={Lineage} />
    <Route path="/audit" component={Audit} />
    <Route path="/audit/proofs" component={AuditProofs} />
    <Route path="/audit/retractions" component={AuditRetractions} />
    <Route path="/audit/amendments" component={AuditAmendments} />
    <Route path="/audit/keeping" component={AuditKeeping} />
    <Route path="/audit/disclosures" component={AuditDisclosures} />
    <Route path="/desk" component={Desk} />
    <Route path="/packet/:id">{({ id }) => <Packet id={id} />}</Route>
    <Route component={Missing} />
  </Switch>
);

/** The same drawing as mark.svg. */
const Mark = () => (
  <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#17615e" />
    <path d="M7 22h18M9 22 16 8l7 14" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    <circle cx="16" cy="18.4" r="2.1" fill="#f2c14e" />
  </svg>
);

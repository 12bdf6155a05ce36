import { Button, Text } from '@mantine/core';
import { signInAddress } from '../requests/me.ts';
import { Page } from '../ui/page.tsx';

/** What is shown until somebody is signed in. */
export function SignIn() {
  return (
    <Page title="Sign in" about="Cases, records and decisions are for people with a role here.">
      <section className="card">
        <Text mb="md">Your organisation’s identity provider says who you are and what you may do.</Text>
        <Button component="a" href={signInAddress(`${location.pathname}${location.search}`)}>Sign in</Button>
      </section>
    </Page>
  );
}

import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/empty.tsx';
import { Link } from 'wouter';

export const Missing = () => (
  <Page title="No such page"><Empty title="There is nothing at this address.">Go back to the <Link href="/">overview</Link>.</Empty></Page>
);

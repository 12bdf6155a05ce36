import { Stack, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useMe } from './requests/me.ts';
import { useQueueCounts } from './requests/queue.ts';
import { useStatus } from './requests/status.ts';
import { counted } from './ui/count.tsx';
import { zone } from './words/time-words.ts';

/** Where one can go, with how much waits there. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const [path] = useLocation();
  const { data: queue } = useQueueCounts({});
  const { data: me } = useMe();
  const { data: status, isError } = useStatus();
  const down = status?.parts.filter((part) => part.state === 'down') ?? [];
  const item = (to: string, label: string, tally?: string) => (
    <Link key={to} className="nav" href={to} onClick={onGo} {...((to === '/' ? path === '/' : path.startsWith(to)) ? { 'aria-current': 'page' as const } : {})}>
      {label}{tally !== undefined && <span className="tally">{tally}</span>}
    </Link>
  );
  return (
    <Stack justify="space-between" h="100%">
      <nav aria-label="Screens">
        {item('/', 'Overview')}
        {item('/queue', 'Work queue', queue === undefined ? undefined : counted(queue.open))}
        {me?.person != null && item('/desk', 'Your desk', me.notices === 0 ? undefined : `${counted(me.notices)} new`)}
        {item('/quality', 'Quality')}
        {item('/oversight', 'AI oversight')}
        {item('/rules', 'Rules')}
        {item('/policy', 'Policy')}
        {item('/lineage', 'Lineage')}
        {item('/audit', 'Audit')}
        {item('/runs', 'Runs')}
        {item('/published', 'Feeds')}
      </nav>
      <Text component="div" size="xs" c="dimmed" px="sm">
        {isError ? <p className="word-bad">The program does not answer.</p>
          : status !== undefined && (down.length === 0 ? <p>All parts are up.</p>
            : <p className="word-bad">{down.map((part) => part.part).join(', ')} {down.length === 1 ? 'is' : 'are'} down.</p>)}
        <p>Times are those of {zone.replaceAll('_', ' ')}.</p>
        <p><a href="/docs">API description</a></p>
      </Text>
    </Stack>
  );
}

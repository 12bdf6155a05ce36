import { Text, Title } from '@mantine/core';
import { useFeeds } from '../requests/status.ts';
import { counted, Figure, plural } from '../ui/count.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { purposeWords } from '../words/queue-words.ts';

export function Feeds() {
  const { data, error } = useFeeds();
  const [first] = data?.feeds ?? [];
  return (
    <Page title="Feeds" about="What left, in one order, for whom. Every reader may start again from 0 at any time.">
      {error !== null && <ProblemNote error={error} />}
      {data?.feeds.length === 0 && <Empty title="No feed yet">A feed is named in the configuration: its purpose, and the types and sources it carries.</Empty>}
      {first !== undefined && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Feeds">
          <table className="rows">
            <thead><tr><th scope="col">Feed</th><th scope="col">Purpose</th><th scope="col">Carries</th><th scope="col" className="number">Entries</th>
              <th scope="col" className="number">Last sequence</th><th scope="col">Last entry</th><th scope="col" className="number">Readers</th></tr></thead>
            <tbody>
              {data?.feeds.map((feed) => (
                <tr key={feed.name}>
                  <th scope="row">{feed.name}</th><td>{purposeWords[feed.purpose]}</td>
                  <td>{feed.types?.join(', ') ?? 'All types'}{feed.sources === null ? '' : ` from ${feed.sources.join(', ')}`}</td>
                  <td className="number"><Figure n={feed.entries} /></td>
                  <td className="number">{feed.lastSequence === null ? '–' : counted(Number(feed.lastSequence))}</td>
                  <td className="short">{feed.lastAt === null ? '–' : <Time at={feed.lastAt} />}</td>
                  <td className="number"><Figure n={feed.consumers} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data !== undefined && data.readers.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Readers">
          <table className="rows">
            <caption>Readers, and how far behind they are</caption>
            <thead><tr><th scope="col">Reader</th><th scope="col">Feed</th><th scope="col" className="number">Has read up to</th><th scope="col">Last read</th><th scope="col" className="number">Behind</th></tr></thead>
            <tbody>{data.readers.map((one) => (
              <tr key={`${one.feed} ${one.consumer}`}>
                <th scope="row">{one.consumer}</th><td>{one.feed}</td><td className="number">{one.upTo === null ? '–' : counted(Number(one.upTo))}</td><td>{one.at === null ? 'never' : <Time at={one.at} />}</td>
                <td className="number">{one.behind >= 10_000 ? `${counted(10_000)} entries or more` : plural(one.behind, 'entry', 'entries')}</td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
      {first !== undefined && (
        <section className="card" aria-labelledby="read">
          <Title order={2} id="read" mb="xs">How to read a feed</Title>
          <Text size="sm" mb="xs">With a reader’s token, one entry a line; go on with the last sequence you have. A value is the record exactly as the source gave it.</Text>
          <code className="line">curl -H "Authorization: Bearer $TOKEN" "{location.origin}/feeds/{first.name}/entries?after=0&limit=100"</code>
          <Text size="sm" mt="xs" c="dimmed">As a stream: the same address with <code>Accept: text/event-stream</code>. A retraction names the sequence it takes back; act on it.</Text>
        </section>
      )}
    </Page>
  );
}

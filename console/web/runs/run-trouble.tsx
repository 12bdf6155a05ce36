import { Title } from '@mantine/core';
import type { RunDetail, Trouble } from '../../api/shapes/runs.ts';
import { plural } from '../ui/count.tsx';
import { typeWords } from '../words/record-words.ts';
import { WithCode } from '../ui/with-code.tsx';

/** What failed in a run and what to do, each kind of trouble once. */
export function RunTrouble({ run: { trouble, detail, types, quarantine } }: { run: RunDetail }) {
  const failed = types.filter((type) => type.state === 'failed');
  if (trouble === null && failed.length === 0 && quarantine.length === 0) return null;
  return (
    <section className="card" aria-labelledby="trouble">
      <Title order={2} id="trouble" mb="xs">What went wrong, and what to do</Title>
      <div style={{ display: 'grid', gap: 12 }}>
        {trouble !== null && <Note tone="bad" about="The run stopped." trouble={trouble} detail={detail} />}
        {failed.map((type) => (
          <Note key={type.type} tone="bad" about={`${type.type} is missing from this run (${typeWords(type.type).toLowerCase()}).`}
            trouble={type.trouble ?? { code: '', says: 'The source gave no reason.', doThis: 'Rules that read this type say “unevaluated”; run again.' }} />
        ))}
        {quarantine.map(({ lines, trouble: reason }) => (
          <Note key={reason.code} tone="warn" about={`${plural(lines, 'line')} in quarantine.`} trouble={reason} />
        ))}
      </div>
    </section>
  );
}

const Note = ({ tone, about, trouble, detail = null }: { tone: 'bad' | 'warn'; about: string; trouble: Trouble; detail?: string | null }) => (
  <div className={`note ${tone}`}>
    <p><strong>{about}</strong> {trouble.says}</p>
    <p><WithCode text={trouble.doThis} />{detail !== null && <> For engineers: {detail}.</>} {trouble.code !== '' && <code>{trouble.code}</code>}</p>
  </div>
);

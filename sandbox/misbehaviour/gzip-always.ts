import { gzipSync } from 'node:zlib';
import { misbehaviour } from './misbehaviour.ts';

export const gzipAlways = misbehaviour({
  name: 'gzip-always', seenAt: 'several',
  does: 'Downloads come gzipped whatever was asked, and whole whatever range was; `declared` false leaves Content-Encoding out.',
  parameters: { declared: true },
  start: ({ declared }) => ({
    after({ kind }, answer) {
      if (kind !== 'download' || answer.status !== 200) return undefined;
      const { 'accept-ranges': _ranges, ...headers } = answer.headers;
      return { ...answer, headers: { ...headers, ...(declared && { 'content-encoding': 'gzip' }) }, body: [gzipSync(Buffer.concat(answer.body), { level: 1 })] };
    },
  }),
});

import { misbehaviour } from './misbehaviour.ts';

export const htmlInsteadOfNdjson = misbehaviour({
  name: 'html-instead-of-ndjson', seenAt: 'several',
  does: 'A download answers with a page of HTML, by default with status 200.',
  parameters: { status: 200 },
  start: ({ status }) => ({
    after: ({ kind }, answer) =>
      kind === 'download' && answer.status === 200
        ? { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: [Buffer.from('<!DOCTYPE html>\n<html><body><h1>Service unavailable</h1></body></html>\n')] }
        : undefined,
  }),
});

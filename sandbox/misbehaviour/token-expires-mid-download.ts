import { bearerIn } from '../smart-tokens.ts';
import { misbehaviour } from './misbehaviour.ts';

export const tokenExpiresMidDownload = misbehaviour({
  name: 'token-expires-mid-download', seenAt: 'SMART Backend Services (tokens of 5 minutes)',
  does: 'A download breaks off after so many bytes and its token is no longer good: renew, then resume by range.',
  parameters: { afterBytes: 65_536 },
  start: ({ afterBytes }, { tokens }) => ({
    after({ kind, headers }, answer) {
      if (kind !== 'download' || answer.status !== 200) return undefined;
      tokens.revoke(bearerIn(headers['authorization']) ?? '');
      return { ...answer, cutAfter: afterBytes };
    },
  }),
});

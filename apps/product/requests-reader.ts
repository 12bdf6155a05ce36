import { createHash, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../../pipelines/source/settings.ts';
import type { Database } from '../../storage/connect.ts';
import { sources } from '../../storage/source.ts';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @returns finds the source whose `requests.tokenEnv` names a variable with the given token */
export const requestsReader = (db: Database, secret: (name: string) => string | undefined) => async (token: string): Promise<string | undefined> => {
  const given = hash(token);
  return (await sources(db)).find(({ settings }) => {
    const name = (settings as Partial<Settings>).requests?.tokenEnv;
    const known = name === undefined ? undefined : secret(name);
    return known !== undefined && known !== '' && timingSafeEqual(hash(known), given);
  })?.name;
};

import type { Config } from '../config.ts';
import type { CheckProfiles } from './checks.ts';

export type Profiles = { readonly check: CheckProfiles; readonly packages: Readonly<Record<string, string>> };

export async function loadProfiles(_config: Config): Promise<Profiles> {
  throw new Error('not yet');
}

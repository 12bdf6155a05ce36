import { accessSync, constants } from 'node:fs';
import type { Config, SourceConfig } from '../config.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

export type ConfigChecked = { readonly file: string | null; readonly sources: string[]; readonly feeds: string[] };

export const configCheck = verb<object, ConfigChecked>({
  name: 'config check',
  summary: 'check assay.config.json and the environment; names the first thing wrong and where',
  run: async (_, context) => checkConfig(context.config(), process.env),
  print({ file, sources, feeds }, line) {
    line(file === null ? 'There is no configuration file here; the defaults are in force.' : `${file} is in order.`);
    line(`${sources.length} source(s)${listed(sources)}, ${feeds.length} feed(s)${listed(feeds)}`);
  },
});

const listed = (names: readonly string[]): string => names.length === 0 ? '' : `: ${names.join(', ')}`;

/** Beyond the schema: that what a source names is there on this machine. */
export function checkConfig(config: Config, env: NodeJS.ProcessEnv): ConfigChecked {
  for (const [index, source] of config.sources.entries()) {
    const missing = missingThing(source, env);
    if (missing !== undefined) throw new AssayError('ASSAY_CONFIG_INVALID', `sources[${index}].${missing}`);
  }
  return {
    file: config.file ?? null,
    sources: config.sources.map((source) => source.name),
    feeds: config.feeds.map((feed) => feed.name),
  };
}

function missingThing(source: SourceConfig, env: NodeJS.ProcessEnv): string | undefined {
  if (source.kind === 'files' && !readable(source.folder)) return 'folder: cannot be read';
  const auth = source.auth;
  if (auth === undefined) return undefined;
  if ('tokenEnv' in auth) return env[auth.tokenEnv] === undefined ? 'auth.tokenEnv: this variable is not set' : undefined;
  if (auth.privateKeyFile !== undefined && !readable(auth.privateKeyFile)) return 'auth.privateKeyFile: cannot be read';
  if (auth.privateKeyEnv !== undefined && env[auth.privateKeyEnv] === undefined) return 'auth.privateKeyEnv: this variable is not set';
  return undefined;
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

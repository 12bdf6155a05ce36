/** A process that checks the sample until V8 has compiled what it runs, collects all garbage and checks on, some times: what V8 says of it (`--trace-deopt`) is for keep-layout.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { definitionsFrom } from '../../packages/definition-store.ts';
import { defaultCacheDir, loadStores } from '../../packages/load.ts';
import { sampleFolders } from '../../sandbox/server.ts';
import { createProfileValidator } from '../../validators/profile/validator.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => Promise<void>;
const [folder] = sampleFolders;
const lines = readdirSync(folder).filter((file) => file.endsWith('.gz')).flatMap((file) => gunzipSync(readFileSync(join(folder, file))).toString().split('\n').filter((line) => line !== '')).map((line) => Buffer.from(line));
const { validate } = createProfileValidator({ packages: definitionsFrom(await loadStores([], { cacheDir: process.env['ASSAY_CACHE'] ?? defaultCacheDir() })) });
const check = (count: number): void => { for (let i = 0; i < count; i++) validate(lines[i % lines.length]!); };
check(60_000);
for (let times = 0; times < 4; times++) { // what is last on the stack may outlive one
  await collect({ type: 'major', execution: 'async' });
  check(20_000);
}

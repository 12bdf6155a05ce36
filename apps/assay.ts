#!/usr/bin/env node
import { runCli } from './cli.ts';

const stop = new AbortController();
// The first signal asks; npm and the terminal may both pass the same one on. A later one, from a person
// who waits no longer, ends the program.
let asked = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked > 0 && Date.now() - asked > 1_000) process.exit(130);
    asked ||= Date.now();
    stop.abort();
  });
}

// Whoever reads may stop reading: `assay check … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); else throw error; });

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => { process.stdout.write(text); },
  err: (text) => { process.stderr.write(text); },
  env: process.env,
  cwd: process.cwd(),
  stop: stop.signal,
});

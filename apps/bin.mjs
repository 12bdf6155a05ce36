#!/usr/bin/env node
// The command `assay`: in a checkout through start.mjs, which installs what is stale; in the published package at once.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNode24 } from './node24.mjs';

const beside = (path) => fileURLToPath(new URL(path, import.meta.url));
const args = process.argv.slice(2);
process.exitCode = existsSync(beside('../start.mjs'))
  ? await (await import('../start.mjs')).main('assay', args)
  : await runNode24([beside('../dist/apps/assay.js'), ...args]);

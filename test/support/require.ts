import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'vitest';
import type { TestContext } from 'vitest';
import { machinePostgres } from './machine-postgres.ts';

const repository = new URL('../../', import.meta.url);
const beside = (path: string): URL => new URL(`../shared/${path}`, repository);

/** Things that a machine may lack, how to see that they are there, and what to call them. */
const needs = {
  java: { name: 'Java 17 or newer (`java` on PATH)', there: () => runs('java', '-version') },
  maven: { name: 'Maven (`mvn` on PATH)', there: () => runs('mvn', '--version') },
  python: { name: 'Python 3.10 or newer with venv and pip (`python3` on PATH)', there: () => runs('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))') },
  go: { name: 'Go 1.24 or newer (`go` on PATH or in /usr/local/go/bin)', there: () => runs('go', 'version') || runs('/usr/local/go/bin/go', 'version') },
  'ssh-agent': { name: 'OpenSSH (`ssh-agent`, `ssh-add` and `ssh-keygen` on PATH)', there: () => runs('which', 'ssh-agent') && runs('which', 'ssh-keygen') },
  'postgres-programs': { name: 'PostgreSQL 15 or newer with pg_dump (in /usr/lib/postgresql or /usr/bin)', there: () => machinePostgres() !== undefined },
  chromium: { name: 'Chromium (`chromium` on PATH)', there: () => runs('chromium', '--version') },
  'docker-compose': { name: 'docker-compose', there: () => runs('docker-compose', 'version') },
  synthea: { name: 'the Synthea population (../shared/synthea)', there: () => existsSync(beside('synthea/us-core-6.1.0')) },
  'synthea-2019': { name: 'the older Synthea population (../shared/synthea/r4-2019)', there: () => existsSync(beside('synthea/r4-2019')) },
  hapi: { name: 'the HAPI server’s start script (../shared/peers/hapi)', there: () => existsSync(beside('peers/hapi/hapi.sh')) },
  'hl7-validator': { name: 'the HL7 validator (../shared/peers/hl7-validator)', there: () => existsSync(beside('peers/hl7-validator/run')) },
  conformance: { name: 'the conformance cases (../shared/conformance)', there: () => existsSync(beside('conformance')) },
  'us-core-package': { name: 'the US Core package (../shared/packages)', there: () => existsSync(beside('packages/hl7.fhir.us.core-6.1.0.tgz')) },
} as const;

export type Need = keyof typeof needs;

function runs(command: string, ...given: string[]): boolean {
  try {
    execFileSync(command, given, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const seen = new Map<Need, boolean>();
const has = (need: Need): boolean => seen.get(need) ?? seen.set(need, needs[need].there()).get(need) === true;

/** What of the given is not here, by name. */
export function lacking(...wanted: Need[]): string[] {
  return wanted.filter((need) => !has(need)).map((need) => needs[need].name);
}

/**
 * Skips the test, saying what this machine lacks; with ASSAY_REQUIRE=all the lack fails it.
 * In a test: `requireOrSkip(context, 'java', 'maven')`.
 */
export function requireOrSkip(context: Pick<TestContext, 'skip'>, ...wanted: Need[]): void {
  const missing = lacking(...wanted);
  if (missing.length === 0) return;
  if (process.env['ASSAY_REQUIRE'] === 'all') throw new Error(`this machine lacks ${missing.join(' and ')}`);
  context.skip(`needs ${missing.join(' and ')}`);
}

/**
 * For files whose set-up needs the things too: `if (requireForFile('java', 'maven')) { … }` around set-up
 * and tests; otherwise the file holds one test, skipped or failed, that names what lacks.
 */
export function requireForFile(...wanted: Need[]): boolean {
  if (lacking(...wanted).length === 0) return true;
  test(`needs ${wanted.join(', ')}`, (context) => requireOrSkip(context, ...wanted));
  return false;
}

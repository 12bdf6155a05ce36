import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type ComposeService = {
  readonly command?: readonly string[];
  /** null: taken from the shell where it is set there. */
  readonly environment: Readonly<Record<string, string | number | null>>;
  readonly healthcheck: { readonly test: readonly string[] };
};

const root = join(import.meta.dirname, '..', '..');

/** The services of docker-compose.yml, its variables replaced from the shell's environment. @throws Error where one that must be set is not */
export function composeServices(shell: Readonly<Record<string, string>>): Readonly<Record<string, ComposeService>> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
    .replace(/\$\{(\w+)(?::\?([^}]*)|:-([^}]*))?\}/g, (_whole, name: string, demand: string | undefined, otherwise: string | undefined) => {
      const value = shell[name] ?? otherwise;
      if (value === undefined) throw new Error(demand ?? `${name} is not set`);
      return value;
    });
  return (parse(text, { merge: true }) as { services: Record<string, ComposeService> }).services;
}

/** What a container of the service has in its environment: the image's, then the service's. */
export function environmentOf({ environment }: ComposeService, shell: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    const found = value ?? shell[name];
    return found === undefined ? [] : [[name, String(found)]];
  });
  return { ...image().environment, ...Object.fromEntries(own) };
}

/** The last stage of the Dockerfile: its ENV and its ENTRYPOINT, whose program is a path in the checkout. */
export function image(): { readonly environment: Record<string, string>; readonly entryPoint: readonly string[] } {
  const last = readFileSync(join(root, 'Dockerfile'), 'utf8').split(/^FROM /m).at(-1) ?? '';
  const [, variables = ''] = /^ENV (.*)$/m.exec(last) ?? [];
  const [, entryPoint = '[]'] = /^ENTRYPOINT (.*)$/m.exec(last) ?? [];
  return { environment: Object.fromEntries(variables.split(' ').map((pair) => pair.split('=') as [string, string])), entryPoint: JSON.parse(entryPoint) as string[] };
}

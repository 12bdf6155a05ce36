import { inject } from 'vitest';
import type { SharedServices } from './shared-services.ts';

/** The run's one instance of a service; waits while it starts. */
export async function askService<Name extends keyof SharedServices>(name: Name): Promise<SharedServices[Name]> {
  const response = await fetch(`${inject('services')}/${name}`);
  if (!response.ok) throw new Error(`the test run has no ${name}: ${await response.text()}`);
  return await response.json() as SharedServices[Name];
}

import type { ActiveMisbehaviours } from './active-misbehaviours.ts';
import type { Pages } from './pages.ts';
import type { Surroundings } from './surroundings.ts';

/** What the routes work with. */
export type Server = Surroundings & {
  readonly misbehaviours: ActiveMisbehaviours;
  readonly pages: Pages;
  readonly tokenUrl: () => string;
  readonly authRequired: boolean;
  readonly checkAssertion: (assertion: string) => Promise<string>;
  /** How long a well-behaved export takes, in seconds. */
  readonly exportSeconds: number;
  readonly resourcesPerFile: number;
};

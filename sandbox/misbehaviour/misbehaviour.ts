import type { Answer, Asked } from '../exchange.ts';
import type { ExportAsk, ExportJob } from '../export-job.ts';
import type { Entry } from '../bundle.ts';
import type { Version } from '../store.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where a misbehaviour can step in. A hook that returns undefined (or false) has done nothing. */
export type Hooks = {
  /** Answers instead of the server. */
  before?(asked: Asked): Answer | undefined;
  /** Changes what the server would answer. */
  after?(asked: Asked, answer: Answer): Answer | undefined;
  /** Changes which resources an export selects. */
  select?(ask: ExportAsk): ExportAsk | undefined;
  /** Changes a finished export's files; true when it did. */
  exported?(job: ExportJob): boolean;
  /** Changes the entries of one page of a search or history. */
  page?(asked: Asked, entries: readonly Entry[]): readonly Entry[] | undefined;
  /** Changes a resource's bytes on their way out. */
  resource?(bytes: Buffer, version: Version): Buffer | undefined;
  stop?(): void;
};

type Parameter = string | number | boolean | readonly string[];
export type Parameters = Readonly<Record<string, Parameter>>;

/** Widens a default (`7200`, `'refuse'`) to the type that may be given in its place. */
type Given<P> = {
  [K in keyof P]: P[K] extends number ? number : P[K] extends string ? string : P[K] extends boolean ? boolean : readonly string[];
};

export type Misbehaviour = {
  readonly name: string;
  /** The systems it was seen at, from design notes on real EHRs. */
  readonly seenAt: string;
  readonly does: string;
  readonly parameters: Parameters;
  turnOn(given: Parameters, surroundings: Surroundings): Hooks | Promise<Hooks>;
};

export function misbehaviour<const P extends Parameters>(definition: {
  name: string;
  seenAt: string;
  does: string;
  parameters: P;
  start(parameters: Given<P>, surroundings: Surroundings): Hooks | Promise<Hooks>;
}): Misbehaviour {
  const { start, ...described } = definition;
  return {
    ...described,
    turnOn(given, surroundings) {
      for (const [key, value] of Object.entries(given)) {
        const expected = described.parameters[key];
        if (expected === undefined) throw new WrongParameter(`${described.name} has no parameter named ${key}.`);
        if (typeof value !== typeof expected || Array.isArray(value) !== Array.isArray(expected))
          throw new WrongParameter(`${described.name}: ${key} must be ${Array.isArray(expected) ? 'a list of strings' : `a ${typeof expected}`}.`);
      }
      return start({ ...described.parameters, ...given } as Given<P>, surroundings);
    },
  };
}

export class WrongParameter extends Error {}

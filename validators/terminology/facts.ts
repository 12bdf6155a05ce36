/** What a validator asks that no package can answer: is the code one of its system's, or in a value set? */
export type Question = { readonly system: string; readonly code: string; readonly valueSet?: string | undefined };

/** `display`: the preferred one of the code, where the server tells it. */
export type Answer = { readonly holds: boolean; readonly display?: string | undefined };

/**
 * Answers of a terminology server that are at hand. A validator never waits: it asks, notes what it could not learn, and
 * is asked again once the answers are there (packages/terminology-server.ts).
 */
export type TerminologyFacts = {
  /** undefined: not asked yet, or the server could not tell. */
  answer(question: Question): Answer | undefined;
  /** Called for each question that was open. */
  want(question: Question): void;
};

/** One key a question: canonicals and codes have no line breaks. */
export const keyOf = ({ system, code, valueSet = '' }: Question): string => `${valueSet}\n${system}\n${code}`;

/** As terms/policy.ts has it. */
export const PROGRAM = 'fhir-assay';

/** Who acted where no person of the console did: the names that commands and the program write. */
export function actorWords(actor: string): string {
  if (actor === 'seed') return 'the product’s defaults';
  if (actor === PROGRAM) return 'the program itself';
  const [, user] = /^cli:(.+)$/.exec(actor) ?? [];
  return user === undefined ? actor : `a command on the server (user ${user})`;
}

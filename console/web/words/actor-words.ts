/** Who acted where no person of the console did: the names that commands and the program write. */
export function actorWords(actor: string): string {
  if (actor === 'seed') return 'the product’s defaults';
  const [, user] = /^cli:(.+)$/.exec(actor) ?? [];
  return user === undefined ? actor : `a command on the server (user ${user})`;
}

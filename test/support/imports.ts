/** One import of a module: `typeOnly` leaves nothing at run time. */
export type Import = { readonly from: string; readonly typeOnly: boolean; readonly line: number };

// Statements stand at the start of a line, so neither a comment nor most strings are taken for one.
const statement = /^[ \t]*(?:import|export)[ \t]+(type\b(?![ \t]*,|[ \t]+from\b))?[^;'"`]*?\bfrom[ \t\n]*(['"])([^'"\n]+)\2/gm;
const bare = /^[ \t]*import[ \t]*(['"])([^'"\n]+)\1/gm;
const dynamic = /\b(?:import|require)[ \t]*\([ \t\n]*(['"`])([^'"`\n]+)\1/g;

/** Every module that a source file names, by static import, re-export, or a call with a literal. */
export function importsOf(source: string): Import[] {
  const at = (match: RegExpExecArray): number => source.slice(0, match.index).split('\n').length;
  const commented = (match: RegExpExecArray): boolean => /^\s*(?:\/\/|\*|\/\*)/.test(source.slice(source.lastIndexOf('\n', match.index) + 1, match.index + 3));
  return [
    ...[...source.matchAll(statement)].map((match) => ({ from: match[3] ?? '', typeOnly: match[1] !== undefined, line: at(match) })),
    ...[...source.matchAll(bare)].map((match) => ({ from: match[2] ?? '', typeOnly: false, line: at(match) })),
    ...[...source.matchAll(dynamic)].filter((match) => !commented(match)).map((match) => ({ from: match[2] ?? '', typeOnly: false, line: at(match) })),
  ];
}

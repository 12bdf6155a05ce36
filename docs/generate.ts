import type { Command } from 'commander';
import { program } from '../apps/cli.ts';
import { errors } from '../terms/errors.ts';

/** Columns, whatever terminal the test runs in. */
const HELP_WIDTH = 100;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/errors.md: each row of the catalogue, in its order. */
export function errorsPage(): string {
  const rows = Object.entries(errors).map(([code, { exit, retry, says, doThis, retired }]) =>
    `| \`${code}\` | ${exit} | ${retry ? 'yes' : 'no'} | ${cell(says)}${retired === true ? ' (No longer raised.)' : ''} | ${cell(doThis)} |`);
  return `# Errors

Made from terms/errors.ts; docs/docs.test.ts compares the two. A code keeps its meaning; one that is no longer raised keeps its row.

The CLI prints the sentence, with a detail in brackets where there is one (ids, counts, HTTP statuses), then what to do, then the code; with \`--json\` it prints \`{"error": {"code", "says", "doThis", "detail"}}\`. The API answers \`application/problem+json\` (RFC 9457) with the code in \`code\`. In Temporal the code is the failure's type. *Exit* is the CLI's exit code: 1 the job failed, 2 wrong use. *Tried again* says whether a workflow tries the same step again.

| code | exit | tried again | what happened | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** docs/cli.md: what --help prints of every command. */
export function cliPage(): string {
  const nowhere = (): void => {};
  const terminal = { out: nowhere, err: nowhere, env: {}, cwd: '.', stop: new AbortController().signal };
  const root = program(terminal, nowhere);
  const commands = leaves(root);
  return `# The command line

Made from apps/all-verbs.ts; docs/docs.test.ts compares the two. In a checkout: \`npm run assay -- COMMAND …\`.

Results go to stdout, progress and errors to stderr. Exit codes: 0 fine, 1 an issue of severity error was found or a job failed, 2 wrong use. Errors: [errors.md](errors.md).

${section('assay', root)}
${commands.map(([name, command]) => section(`assay ${name}`, command)).join('\n')}`;
}

const section = (title: string, command: Command): string => `## ${title}

\`\`\`text
${command.configureOutput({ getOutHelpWidth: () => HELP_WIDTH, getOutHasColors: () => false }).helpInformation().trimEnd()}
\`\`\`
`;

/** Commands that do something; "config" only groups. A command may both do something and group ("runs"). */
function leaves(command: Command, words: readonly string[] = []): [name: string, command: Command][] {
  return command.commands.flatMap((inner) => {
    const path = [...words, inner.name()];
    const grouping = inner.summary() === '';
    return [...(grouping ? [] : [[path.join(' '), inner] as [string, Command]]), ...leaves(inner, path)];
  });
}

import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { surroundings } from '../storage/trouble.ts';
import { AssayError, errors } from '../terms/errors.ts';
import { allVerbs } from './all-verbs.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import type { Context, Verb } from './verb.ts';

/** Where a run of the CLI reads and writes; a test gives its own. */
export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stop: AbortSignal;
};

/** @returns the exit code: 0 fine, 1 errors found or a failed job, 2 wrong use. Unknown errors are thrown on. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  let code: 0 | 1 | 2 = 0;
  const json = args.includes('--json');
  try {
    await program(terminal, (result) => { code = result; }).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said its own on stderr.
    if (error instanceof CommanderError && (error.exitCode === 0 || !json)) return error.exitCode === 0 ? 0 : 2;
    const known = error instanceof CommanderError ? new AssayError('ASSAY_ARGUMENT_INVALID', error.message.replace(/^error: /, '')) : error instanceof AssayError ? error : surroundings(error) ?? error;
    if (!(known instanceof AssayError)) throw known;
    const { says, doThis, exit } = errors[known.code];
    if (json) terminal.out(`${JSON.stringify({ error: { code: known.code, says, doThis, detail: known.detail } })}\n`);
    else terminal.err(`${known.message}\n${doThis}\n${known.code}\n`);
    return exit;
  }
}

export function program(terminal: Terminal, done: (code: 0 | 1) => void): Command {
  const root = new Command('assay')
    .description(manifest.description)
    .version(manifest.version)
    .enablePositionalOptions() // `audit version --version N` asks about a record’s version, not about ours
    .showHelpAfterError('Run with --help to see how it is used.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const verb of allVerbs) attach(root, verb, terminal, done);
  return root;
}

function attach(root: Command, verb: Verb, terminal: Terminal, done: (code: 0 | 1) => void): void {
  const words = verb.name.split(' ');
  const command = parentOf(root, words.slice(0, -1)).command(words.at(-1) ?? '').summary(verb.summary).description(verb.summary);
  verb.define(command)
    .option('--config <file>', 'the configuration file (default: assay.config.json)')
    .option('--json', 'print the result as JSON')
    .action(async () => {
      const options = command.opts<{ json?: boolean; config?: string }>();
      const context = contextOf(options, terminal);
      done(await verb.perform(command.args, options, context, (text) => terminal.out(`${text}\n`)));
    });
}

/** "config check" lies under a command "config" that only groups. */
function parentOf(root: Command, words: readonly string[]): Command {
  let parent = root;
  for (const word of words) {
    parent = parent.commands.find((command) => command.name() === word) ?? parent.command(word).description(`${word} …`);
  }
  return parent;
}

function contextOf(options: { json?: boolean; config?: string }, { env, cwd, err, stop }: Terminal): Context {
  let config: Config | undefined;
  return {
    config: () => config ??= loadConfig({ file: options.config, env, cwd }),
    say: (sentence) => { if (options.json !== true) err(`${sentence}\n`); },
    stop,
    json: options.json === true,
  };
}

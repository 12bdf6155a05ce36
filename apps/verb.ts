import type { Command } from 'commander';
import type { Config } from './config.ts';

/** What a verb is given besides its arguments. */
export type Context = {
  /** The configuration, read when first asked for. @throws AssayError ASSAY_CONFIG_INVALID */
  config(): Config;
  /** For people, on stderr: progress, what is being waited for. Silent with --json. */
  say(sentence: string): void;
  /** Ends when the person or the system asks the program to stop. */
  readonly stop: AbortSignal;
  /** True with --json: a verb that prints as it goes asks. */
  readonly json: boolean;
};

/**
 * One command of the CLI: a result, and how to print it. A room that is slow to load (Temporal, the
 * validators) is imported inside `run`, so that --help stays quick.
 */
export type VerbSpec<Options extends object, Result> = {
  /** As typed; a space for a command under another: "config check". */
  readonly name: string;
  /** One line for --help. */
  readonly summary: string;
  /** Adds arguments and options. */
  define?(command: Command): Command;
  run(given: { readonly args: readonly string[]; readonly options: Options }, context: Context): Promise<Result>;
  /** For people, on stdout. With --json the result itself is printed instead. */
  print(result: Result, line: (text: string) => void): void;
  /** What --json prints, where that is not the result itself; undefined: nothing. */
  asJson?(result: Result, options: Options): unknown;
  /** 1 when the job found errors or failed; default 0. */
  exitCode?(result: Result): 0 | 1;
};

/** A verb whose types are closed over, so that verbs fit into one list. */
export type Verb = {
  readonly name: string;
  readonly summary: string;
  define(command: Command): Command;
  perform(args: readonly string[], options: object, context: Context, line: (text: string) => void): Promise<0 | 1>;
};

export function verb<Options extends object, Result>(spec: VerbSpec<Options, Result>): Verb {
  return {
    name: spec.name,
    summary: spec.summary,
    define: (command) => spec.define?.(command) ?? command,
    async perform(args, options, context, line) {
      const result = await spec.run({ args, options: options as Options }, context);
      const json = spec.asJson === undefined ? result : spec.asJson(result, options as Options);
      if (!context.json) spec.print(result, line);
      else if (json !== undefined) line(JSON.stringify(json));
      return spec.exitCode?.(result) ?? 0;
    },
  };
}

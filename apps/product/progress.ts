import type { Context } from '../verb.ts';

/** What a line is about, without its numbers. */
const stepOf = (line: string): string => (line.split(' · ')[0] ?? '').replace(/\d+/, '');

/** On a terminal one line that changes; elsewhere a line for each change of phase. */
export function progress(context: Pick<Context, 'say' | 'json'>): (line: string) => void {
  if (context.json) return () => {};
  let phase = '';
  return (line) => {
    if (process.stderr.isTTY) process.stderr.write(line === '' ? '\n' : `\r\u001b[K  ${line}`);
    else if (line !== '' && stepOf(line) !== phase) context.say(`  ${line}`);
    phase = stepOf(line);
  };
}

import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks a second: USER_HZ, 100 on every Linux that Node runs on (proc(5)). */
const TICKS = 100;

type Process = { readonly name: string; readonly parent: number; readonly ticks: number };

/** CPU seconds, user and system, of a process, of those under it, and of those that ended under it: /proc/PID/stat. */
export async function cpuSeconds(pid: number): Promise<number> {
  return [...(await cpuByProgram(pid)).values()].reduce((sum, one) => sum + one, 0);
}

/** The same by the name of the program. */
export async function cpuByProgram(pid: number): Promise<Map<string, number>> {
  const all = new Map<number, Process>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
    if (stat !== undefined) all.set(Number(name), parse(stat));
  }
  const seconds = new Map<string, number>();
  const add = (root: number): void => {
    const { name = '', ticks = 0 } = all.get(root) ?? {};
    seconds.set(name, (seconds.get(name) ?? 0) + ticks / TICKS);
    for (const [child, { parent }] of all) if (parent === root) add(child);
  };
  add(pid);
  return seconds;
}

/** The name may hold spaces: what follows its closing bracket is state, ppid, …; utime to cstime are fields 14 to 17. */
function parse(stat: string): Process {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  return { name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), parent: fields[1] ?? 0, ticks: [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0) };
}

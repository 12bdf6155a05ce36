import { allMisbehaviours } from './misbehaviour/all-misbehaviours.ts';
import { WrongParameter, type Hooks, type Parameters } from './misbehaviour/misbehaviour.ts';
import type { Surroundings } from './surroundings.ts';

/** `times`: how often it acts before it turns itself off; for ever when absent. */
export type TurnOn = { name: string; times?: number } & Parameters;

type Active = { name: string; parameters: Parameters; timesLeft: number; acted: number; hooks: Hooks };

export type ActiveMisbehaviours = ReturnType<typeof createActiveMisbehaviours>;

export function createActiveMisbehaviours(surroundings: Surroundings) {
  let active: Active[] = [];
  const withHook = (hook: keyof Hooks) => active.filter(({ hooks, timesLeft }) => timesLeft > 0 && hooks[hook]);

  function acted(one: Active) {
    one.acted++;
    one.timesLeft--;
  }

  /** Passes `value` through every active hook in the order they were turned on. */
  function through<T>(hook: keyof Hooks, value: T, step: (hooks: Hooks, value: T) => T | undefined): T {
    for (const one of withHook(hook)) {
      const changed = step(one.hooks, value);
      if (changed === undefined) continue;
      acted(one);
      value = changed;
    }
    return value;
  }

  function turnOff(name?: string) {
    for (const one of active) if (!name || one.name === name) one.hooks.stop?.();
    active = active.filter((one) => name && one.name !== name);
  }

  return {
    async turnOn({ name, times = Infinity, ...parameters }: TurnOn) {
      const found = allMisbehaviours.find((one) => one.name === name);
      if (!found) throw new WrongParameter('No misbehaviour has that name; GET /sandbox/misbehaviour lists them.');
      if (!(times > 0)) throw new WrongParameter('times must be a number above 0.');
      turnOff(name);
      const hooks = await found.turnOn(parameters, surroundings);
      active.push({ name, parameters: { ...found.parameters, ...parameters }, timesLeft: times, acted: 0, hooks });
    },
    turnOff,
    list: () => active.map(({ name, parameters, timesLeft, acted }) => ({
      name, parameters, acted, timesLeft: Number.isFinite(timesLeft) ? timesLeft : null,
    })),

    before(...[asked]: Parameters1<'before'>) {
      for (const one of withHook('before')) {
        const answer = one.hooks.before?.(asked);
        if (!answer) continue;
        acted(one);
        return answer;
      }
      return undefined;
    },
    after: (...[asked, answer]: Parameters1<'after'>) =>
      through('after', answer, (hooks, value) => hooks.after?.(asked, value)),
    select: (...[ask]: Parameters1<'select'>) => through('select', ask, (hooks, value) => hooks.select?.(value)),
    exported: (...[job]: Parameters1<'exported'>) =>
      through('exported', job, (hooks, value) => (hooks.exported?.(value) ? value : undefined)),
    page: (...[asked, entries]: Parameters1<'page'>) =>
      through('page', entries, (hooks, value) => hooks.page?.(asked, value)),
    resource: (...[bytes, version]: Parameters1<'resource'>) =>
      through('resource', bytes, (hooks, value) => hooks.resource?.(value, version)),
    changesResources: () => withHook('resource').length > 0,
  };
}

type Parameters1<H extends keyof Hooks> = Required<Hooks>[H] extends (...args: infer A) => unknown ? A : never;

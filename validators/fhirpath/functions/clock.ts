// http://hl7.org/fhirpath/N1/#current-date-and-time-functions; the time comes from the environment
import { FhirPathError } from '../fhirpath-error.ts';
import type { Environment } from '../environment.ts';
import { Moment } from '../moment.ts';
import { type FunctionRow, plain } from './definition.ts';

const nowOf = (env: Environment): Moment => {
  const moment = env.now === undefined ? undefined : Moment.parse(env.now, 'DateTime');
  if (!moment || moment.fields.length < 6) throw new FhirPathError('execution', 'now() and today() need the time in the environment');
  return moment;
};

export const clock: readonly FunctionRow[] = [
  plain('now', 0, 0, (_input, _args, { env }) => [nowOf(env)]),
  plain('today', 0, 0, (_input, _args, { env }) => [new Moment('Date', nowOf(env).fields.slice(0, 3))]),
  plain('timeOfDay', 0, 0, (_input, _args, { env }) => {
    const { fields, fraction } = nowOf(env);
    return [new Moment('Time', [0, 1, 1, ...fields.slice(3)], undefined, fraction)];
  }),
];

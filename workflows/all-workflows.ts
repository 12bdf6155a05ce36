export { governException } from './exception.ts';
export { sweepExceptions } from './exception-sweep.ts';
export { governRun } from './run.ts';
export { governRunOnSchedule } from './scheduled-run.ts';

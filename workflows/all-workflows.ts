export { governRun } from './run.ts';

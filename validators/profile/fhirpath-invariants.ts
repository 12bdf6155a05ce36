import type { Checker } from './checker.ts';
import type { CompileInvariant } from './invariant.ts';

/** true, false, or undefined where the expression cannot be evaluated on this value. */
export type InvariantTest = (value: unknown, checker: Checker) => boolean | undefined;

/** The only file here that knows the FHIRPath compiler. */
export const compileWith = (): CompileInvariant => () => null;

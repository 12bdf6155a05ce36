import type { Finding } from './finding.ts';

/**
 * All findings of one version under one rule set and context, keyed by the three (contract 11). The
 * context hash covers the versions read, the model registry's version, the as-of time and the
 * hydration facts.
 */
export type Assessment = {
  readonly version: string;
  /** SHA-256 (hex) of everything that produces findings: rules' code and parameters, profile packages, terminology, knowledge. */
  readonly ruleSet: string;
  readonly contextHash: string;
  readonly findings: readonly Finding[];
};

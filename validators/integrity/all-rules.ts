import type { Rule } from '../../terms/rule.ts';
import { aiAttestedTooEarly } from './ai-attested-too-early/rule.ts';
import { aiModelNotApproved } from './ai-model-not-approved/rule.ts';
import { aiNoHumanVerifier } from './ai-no-human-verifier/rule.ts';
import { aiNoProvenance } from './ai-no-provenance/rule.ts';
import { aiSelfVerified } from './ai-self-verified/rule.ts';
import { aiUnverified } from './ai-unverified/rule.ts';
import { codeLoincCheckDigit } from './code-loinc-check-digit/rule.ts';
import { codeSnomedCheckDigit } from './code-snomed-check-digit/rule.ts';
import { duplicateContent } from './duplicate-content/rule.ts';
import { identityOverlay } from './identity-overlay/rule.ts';
import { identityPlaceholder } from './identity-placeholder/rule.ts';
import { referenceDangling } from './reference-dangling/rule.ts';
import { referenceMissing } from './reference-missing/rule.ts';
import { referenceSubjectMismatch } from './reference-subject-mismatch/rule.ts';
import { statusWithdrawn } from './status-withdrawn/rule.ts';
import { timeAfterDeath } from './time-after-death/rule.ts';
import { timeBeforeBirth } from './time-before-birth/rule.ts';
import { timeFuture } from './time-future/rule.ts';
import { timeStartAfterEnd } from './time-start-after-end/rule.ts';
import { valueBloodPressure } from './value-blood-pressure/rule.ts';
import { valueUnitFits } from './value-unit-fits/rule.ts';

/** The one list of rules. A retired rule stays as a comment with its id and the reason. */
export const allRules: readonly Rule[] = [
  aiAttestedTooEarly, aiModelNotApproved, aiNoHumanVerifier, aiNoProvenance, aiSelfVerified, aiUnverified,
  codeLoincCheckDigit, codeSnomedCheckDigit, duplicateContent, identityOverlay, identityPlaceholder,
  referenceDangling, referenceMissing, referenceSubjectMismatch, statusWithdrawn,
  timeAfterDeath, timeBeforeBirth, timeFuture, timeStartAfterEnd, valueBloodPressure, valueUnitFits,
];

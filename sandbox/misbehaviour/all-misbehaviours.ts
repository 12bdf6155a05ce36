import type { Misbehaviour } from './misbehaviour.ts';

export const allMisbehaviours: readonly Misbehaviour[] = [];

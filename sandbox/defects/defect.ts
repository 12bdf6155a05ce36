import type { JsonObject } from '../json-exact.ts';
import type { Random } from '../seeded-random.ts';
import type { Store } from '../store.ts';

export type Resource = JsonObject & { resourceType: string; id: string };

/** What a defect does to the record; only the change marked `carries` gets the label. */
export type Change =
  | { how: 'amend' | 'add' | 'update'; resource: JsonObject; carries?: boolean }
  | { how: 'loose'; line: string; carries?: boolean };

export type Chart = {
  readonly store: Store;
  readonly random: Random;
  /** The resource a relative reference names. */
  resolve(reference: string | undefined): JsonObject | undefined;
  /** The ids of all Patients. */
  readonly patients: readonly string[];
};

export type Defect = {
  /** The integrity rule that should find it; profile-* and line-* are for the validator and landing. */
  readonly rule: string;
  /** The type it starts from. */
  readonly type: string;
  readonly because: string;
  /** Never more than this many, whatever the share asks. */
  readonly most?: number;
  /** False for content that is there to be seen and is not wrong. */
  readonly wrong?: boolean;
  /** May change the resource it is given; undefined when this one does not suit. */
  plant(resource: JsonObject, chart: Chart): readonly Change[] | undefined;
};

export const amended = (resource: JsonObject): Change[] => [{ how: 'amend', resource, carries: true }];

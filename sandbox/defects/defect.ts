import type { JsonObject } from '../json-exact.ts';
import type { Random } from '../seeded-random.ts';
import type { Store } from '../store.ts';

export type Resource = JsonObject & { resourceType: string; id: string };

/**
 * What a defect does to the record; only the change marked `carries` gets the label. `amend` replaces what was loaded,
 * `update` makes a new version, `reissue` one that the source gives the number of the version before.
 * `bothSent`: exports carry the version before, too, as those of several EHRs do.
 */
export type Change =
  | { how: 'amend' | 'add' | 'update' | 'reissue'; resource: JsonObject; carries?: boolean; bothSent?: boolean }
  | { how: 'loose'; line: string; carries?: boolean };

export type Chart = {
  readonly store: Store;
  readonly random: Random;
  /** A copy of the resource a relative reference names. */
  resolve(reference: string | undefined): JsonObject | undefined;
  /** The ids of all Patients. */
  readonly patients: readonly string[];
  /** Copies of the patient's resources of a type; the patient is the one that the resource is about. */
  around(resource: JsonObject, type: string): JsonObject[];
};

/** One way in which a defect, or what looks like one, comes. */
export type Form = {
  /** The type it starts from. */
  readonly type: string;
  readonly because: string;
  /** May change the resource it is given; undefined when this one does not suit. */
  plant(resource: JsonObject, chart: Chart): readonly Change[] | undefined;
};

export type Defect = {
  /** The integrity rule that should find it; profile-* and line-* are for the validator and landing. */
  readonly rule: string;
  /** The first is what the sandbox shows. */
  readonly forms: readonly [Form, ...Form[]];
  /** They look like the defect and are in order. */
  readonly nearMisses?: readonly Form[];
  /** Never more than this many in the sandbox, whatever the share asks. */
  readonly most?: number;
  /** A patient carries it once at most: it changes what is true of the whole chart. */
  readonly apart?: boolean;
  /** The sandbox does not show it: it would disturb what else is shown, or needs more runs than one. */
  readonly hidden?: boolean;
  /** False for content that is there to be seen and is not wrong. */
  readonly wrong?: boolean;
};

export const amended = (resource: JsonObject): Change[] => [{ how: 'amend', resource, carries: true }];

/** A form that changes the resource where it stands; `change` answers false where it does not suit. */
export const amend = (type: string, because: string, change: (resource: JsonObject, chart: Chart) => unknown): Form =>
  ({ type, because, plant: (resource, chart) => (change(resource, chart) === false ? undefined : amended(resource)) });

/** A form that adds a resource made after one that is there. */
export const add = (type: string, because: string, make: (resource: JsonObject, chart: Chart) => JsonObject | undefined): Form => ({
  type, because,
  plant(resource, chart) {
    const made = make(resource, chart);
    return made && [{ how: 'add', resource: { ...made, id: chart.random.id() }, carries: true }];
  },
});

/** A form that changes a copy, so that what is there stays as it is. */
export const addChanged = (type: string, because: string, change: (copy: JsonObject, chart: Chart) => unknown): Form =>
  add(type, because, (resource, chart) => (change(resource, chart) === false ? undefined : resource));

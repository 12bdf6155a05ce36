import type { Store } from '../store.ts';

/** A planted defect, kept aside from the resource that carries it. */
export type Label = { rule: string; type: string; id: string; versionId: number; because: string };

export type Planting = { seed: number; share: number };

export function plantDefects(_store: Store, _planting: Partial<Planting>): Label[] {
  return [];
}

import type { Encounter } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { PatientRule, RuleFacts, Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf } from '../reading/encounter-of.ts';
import { moment } from '../reading/moments.ts';
import { idOf } from '../reading/references.ts';

/** What rules keep of an encounter; times in ms. */
export type Frame = {
  readonly id: string;
  readonly version: string;
  readonly actClass: string;
  readonly status: string;
  readonly start: number | undefined;
  /** Where there is none, it goes on. */
  readonly end: number | undefined;
  readonly partOf: string | undefined;
};

// v3-ActCode: classes of stays in a bed, and of emergency and observation care.
export const inpatientClasses: ReadonlySet<string> = new Set(['IMP', 'ACUTE', 'NONAC']);
export const stayClasses: ReadonlySet<string> = new Set([...inpatientClasses, 'EMER', 'OBSENC']);

export function frameOf(entry: ViewEntry): Frame {
  const encounter = entry.fields as Partial<Encounter>;
  return {
    id: entry.id, version: entry.version, actClass: encounter.class?.code ?? '', status: encounter.status ?? '',
    start: moment(encounter.period?.start)?.from, end: moment(encounter.period?.end)?.to, partOf: idOf(encounter.partOf, 'Encounter'),
  };
}
/** The numbers by which systems know a visit. */
export const visitNumbers = ({ identifier }: Partial<Encounter>): readonly string[] =>
  (identifier ?? []).flatMap((one) => (one.value === undefined || one.use === 'old' ? [] : [`${one.system ?? ''}|${one.value}`]));
export const frameReads = ['class', 'status', 'period', 'partOf'] as const;

type Joined<Item> = { readonly frames: Map<string, Frame>; readonly waiting: Map<string, Item[]>; readonly said: Said[] };
type Stated<Item> = Omit<RuleFacts, 'scope' | 'kind'> & {
  /** Encounters by which anything is judged. */
  readonly concerns: (frame: Frame) => boolean;
  readonly pick: (entry: ViewEntry) => Item | undefined;
  readonly judge: (item: Item, frame: Frame) => readonly Said[];
};

/** A rule over a resource and the encounter it names, whichever comes first in the view. */
export const encounterJoin = <Item>({ concerns, pick, judge, ...facts }: Stated<Item>): PatientRule<Joined<Item>> => patientRule<Joined<Item>>({
  ...facts, reads: { ...facts.reads, Encounter: [...frameReads] },
  start: () => ({ frames: new Map(), waiting: new Map(), said: [] }),
  step(state, entry) {
    if (entry.type === 'Encounter') {
      const frame = frameOf(entry);
      state.frames.set(entry.id, frame);
      if (concerns(frame)) for (const item of state.waiting.get(entry.id) ?? []) state.said.push(...judge(item, frame));
      state.waiting.delete(entry.id);
      return;
    }
    if (entry.place !== 'compartment') return;
    const encounter = encounterOf(entry);
    const frame = encounter === undefined ? undefined : state.frames.get(encounter);
    if (encounter === undefined || (frame !== undefined && !concerns(frame))) return;
    const item = pick(entry);
    if (item === undefined) return;
    if (frame !== undefined) {
      state.said.push(...judge(item, frame));
      return;
    }
    const waiting = state.waiting.get(encounter);
    if (waiting === undefined) state.waiting.set(encounter, [item]);
    else waiting.push(item);
  },
  end: (state) => state.said,
});

/** Days between a moment and a frame; 0 inside, undefined where the frame has no start. */
export function daysOutside(at: { readonly from: number; readonly to: number }, frame: Frame): number | undefined {
  if (frame.start === undefined) return undefined;
  const before = frame.start - at.to;
  const after = frame.end === undefined ? 0 : at.from - frame.end;
  return Math.max(0, before, after) / 86_400_000;
}

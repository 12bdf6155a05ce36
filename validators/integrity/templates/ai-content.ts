import type { Device, DocumentReference, Composition, Provenance, ProvenanceAgent, Reference } from '@medplum/fhirtypes';
import type { PatientView, ViewEntry } from '../../../terms/patient-view.ts';
import type { Reads } from '../../../terms/rule.ts';
import type { AiMarks } from '../reading/ai-marks.ts';
import { isAiLabel } from '../reading/ai-marks.ts';
import type { Either } from '../reading/either.ts';
import { noteOf } from '../reading/note-text.ts';
import { keyOf } from '../reading/references.ts';
import { sharedFold } from './shared-fold.ts';
import { deviceFacts, isAiDeviceCode, type DeviceFacts } from '../reading/model-devices.ts';

/** An agent, as a place and as a reference. */
type Agent = { readonly expression: string; readonly who: string; readonly onBehalfOf: string | undefined };
/** A Provenance that says who made the content, or who checked it. */
export type Generation = { readonly version: string; readonly at: string | undefined; readonly devices: readonly Agent[]; readonly declared: boolean };
export type Verification = Agent & { readonly version: string; readonly at: string | undefined; readonly signs: 'verified' | 'attested' | 'authenticated' };

/** One resource that an AI asserted, and all that is known about it. */
export type AiContent = {
  readonly version: string;
  readonly key: string;
  readonly type: string;
  /** The label, or the resource where only a Provenance tells. */
  readonly expression: string;
  readonly labelled: boolean;
  readonly confidence: number | undefined;
  readonly generations: readonly Generation[];
  readonly verifications: readonly Verification[];
  /** Devices that the content itself names as its authors. */
  readonly authors: readonly string[];
  /** Words of its text; 0 where it has none that can be read here. */
  readonly words: number;
};

type Held = { version: string; type: string; marks: AiMarks | undefined; verifications: Verification[]; authors: readonly string[] };
/** Versions by `Type/id`. Every resource is added and few are asked for, so keys are written when the first is. */
class Versions {
  private readonly added: Pick<ViewEntry, 'type' | 'id' | 'version'>[] = [];
  private byKey: Map<string, string> | undefined;
  add({ type, id, version }: ViewEntry): void {
    this.added.push({ type, id, version });
    this.byKey = undefined;
  }
  get(key: string): string | undefined {
    this.byKey ??= new Map(this.added.map((one) => [`${one.type}/${one.id}`, one.version]));
    return this.byKey.get(key);
  }
}

export type AiFold = {
  readonly view: Omit<PatientView, 'entries'>;
  readonly devices: Map<string, DeviceFacts>;
  readonly labelled: Map<string, Held>;
  readonly generations: Map<string, Generation[]>;
  readonly verifications: Map<string, Verification[]>;
  /** Versions of resources that a Provenance of interest may target. */
  readonly versions: Versions;
  readonly words: Map<string, number>;
};

const reads: Reads = {
  '*': ['$ai'], Device: ['type', 'version', 'identifier', 'modelNumber', 'parent', 'deviceName'],
  Provenance: ['target', 'agent', 'reason', 'recorded', 'occurredDateTime', 'occurredPeriod', 'signature'],
  Composition: ['attester', 'author', 'section'], DocumentReference: ['authenticator', 'author', 'content'],
};

export const aiFold = sharedFold<AiFold>(reads,
  (view) => ({ view, devices: new Map(), labelled: new Map(), generations: new Map(), verifications: new Map(), versions: new Versions(), words: new Map() }), step);

function step(fold: AiFold, entry: ViewEntry): void {
  if (entry.type === 'Provenance') return provenanceStep(fold, entry);
  if (entry.place === 'compartment') fold.versions.add(entry);
  const marks = entry.fields['$ai'] as AiMarks | undefined;
  const isNote = entry.type === 'DocumentReference' || entry.type === 'Composition';
  // Hot: most resources are neither marked, nor a note, nor a device.
  if (marks === undefined && !isNote && entry.type !== 'Device') return;
  const key = `${entry.type}/${entry.id}`;
  if (entry.type === 'Device') fold.devices.set(key, deviceFacts(key, entry.version, entry.fields as Partial<Device>, fold.view.models));
  const own = signedInside(entry);
  if (marks !== undefined || own.length > 0) fold.labelled.set(key, { version: entry.version, type: entry.type, marks, verifications: own, authors: isNote ? devicesOf(entry) : [] });
  if (isNote) fold.words.set(key, noteOf(entry)?.wordCount ?? 0);
}

const devicesOf = ({ fields }: ViewEntry): readonly string[] => ((fields as Either<DocumentReference, Composition>).author ?? []).map(whoOf).filter((who) => who.startsWith('Device'));

function signedInside(entry: ViewEntry): Verification[] {
  if (entry.type === 'DocumentReference') {
    const { authenticator } = entry.fields as Partial<DocumentReference>;
    return authenticator === undefined ? [] : [{ version: entry.version, expression: 'DocumentReference.authenticator', who: whoOf(authenticator), onBehalfOf: undefined, at: undefined, signs: 'authenticated' }];
  }
  if (entry.type !== 'Composition') return [];
  return ((entry.fields as Partial<Composition>).attester ?? []).flatMap((attester, index) => (attester.party === undefined ? []
    : [{ version: entry.version, expression: `Composition.attester[${index}]`, who: whoOf(attester.party), onBehalfOf: undefined, at: attester.time, signs: 'attested' as const }]));
}

// http://terminology.hl7.org/CodeSystem/provenance-participant-type and v3-ParticipationType
const checking: Readonly<Record<string, Verification['signs']>> = {
  verifier: 'verified', VRF: 'verified', attester: 'attested', legal: 'authenticated', LA: 'authenticated', AUTHEN: 'authenticated' };
// ASTM E1762, http://hl7.org/fhir/R4/valueset-signature-type.html: verification, validation, review.
const checkingSignatures = new Set(['1.2.840.10065.1.12.1.5', '1.2.840.10065.1.12.1.6', '1.2.840.10065.1.12.1.13']);
const handling = new Set(['transmitter', 'custodian', 'informant', 'enterer', 'TRANS', 'CST']);

const agentCodes = (agent: ProvenanceAgent): readonly string[] =>
  [...(agent.type?.coding ?? []), ...(agent.role ?? []).flatMap((role) => role.coding ?? [])].flatMap((coding) => coding.code ?? []);

/** `Type/id`; where only an identifier or a name is given, the type. */
const whoOf = (who: Reference | undefined): string => keyOf(who) ?? who?.reference ?? who?.type ?? '';

function provenanceStep(fold: AiFold, entry: ViewEntry): void {
  const provenance = entry.fields as Partial<Provenance>;
  const declared = provenance.reason?.some((reason) => reason.coding?.some(isAiLabel)) ?? false;
  const at = provenance.occurredDateTime ?? provenance.occurredPeriod?.end ?? provenance.recorded;
  const devices: Agent[] = [];
  const checks: Verification[] = [];
  (provenance.agent ?? []).forEach((agent, index) => {
    const who = whoOf(agent.who);
    const place = { expression: `Provenance.agent[${index}]`, who, onBehalfOf: agent.onBehalfOf === undefined ? undefined : whoOf(agent.onBehalfOf) };
    const codes = agentCodes(agent);
    const code = codes.find((one) => checking[one] !== undefined);
    if (code !== undefined) {
      const signed = provenance.signature?.find((one) => whoOf(one.who) === who)?.when;
      checks.push({ ...place, version: entry.version, at: signed ?? at, signs: checking[code] ?? 'verified' });
    } else if ((who.startsWith('Device') || codes.some(isAiDeviceCode)) && !codes.some((one) => handling.has(one))) devices.push(place);
  });
  (provenance.signature ?? []).forEach((signature, index) => {
    const who = whoOf(signature.who);
    if (who === '' || checks.some((check) => check.who === who) || !signature.type?.some((type) => checkingSignatures.has(type.code ?? ''))) return;
    checks.push({ version: entry.version, expression: `Provenance.signature[${index}]`, who, onBehalfOf: signature.onBehalfOf === undefined ? undefined : whoOf(signature.onBehalfOf), at: signature.when ?? at, signs: 'verified' });
  });
  if (devices.length === 0 && checks.length === 0 && !declared) return;
  for (const target of provenance.target ?? []) {
    const key = keyOf(target);
    if (key === undefined) continue;
    if (devices.length > 0 || declared) append(fold.generations, key, { version: entry.version, at, devices, declared });
    // Verified in the Provenance of its making and not signed apart: when, nobody knows.
    for (const check of checks) append(fold.verifications, key, devices.length > 0 && check.at === at ? { ...check, at: undefined } : check);
  }
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** Whether a Device agent is known to be an AI: it says so, the registry knows it, or its Provenance gives AI as the reason. */
const isAi = (fold: AiFold, generation: Generation): boolean => generation.declared
  || generation.devices.some(({ who }) => { const device = fold.devices.get(who); return device !== undefined && (device.declaredAi || device.model !== undefined); });

/** Every resource of the compartment that an AI asserted. */
export function* aiContents(fold: AiFold): Generator<AiContent> {
  const keys = new Set([...fold.labelled.keys(), ...fold.generations.keys()]);
  for (const key of keys) {
    const held = fold.labelled.get(key);
    const labelled = (held?.marks?.labels.length ?? 0) > 0;
    const generations = fold.generations.get(key) ?? [];
    const made = labelled ? generations : generations.filter((generation) => isAi(fold, generation));
    if (!labelled && made.length === 0) continue;
    const version = fold.versions.get(key);
    if (version === undefined) continue;
    const type = key.slice(0, key.indexOf('/'));
    yield {
      version, key, type, labelled, generations: made, confidence: held?.marks?.confidence,
      authors: held?.authors ?? [], expression: held?.marks?.labels[0] ?? type, words: fold.words.get(key) ?? 0,
      verifications: [...(held?.verifications ?? []), ...(fold.verifications.get(key) ?? [])],
    };
  }
}

/** The device itself, its software, or who acts for it. */
export function isGenerator(fold: AiFold, content: AiContent, check: Verification): boolean {
  const makers = new Set([...content.generations.flatMap((generation) => generation.devices.map((device) => device.who)), ...content.authors]);
  // One piece of software may stand in two records.
  const sameSoftware = (who: string): boolean => fold.devices.get(who)?.identifiers.some((one) => [...makers].some((maker) => fold.devices.get(maker)?.identifiers.includes(one) === true)) === true;
  const family = (who: string | undefined): boolean => who !== undefined && (makers.has(who) || sameSoftware(who)
    || makers.has(fold.devices.get(who)?.parent ?? '') || [...makers].some((maker) => fold.devices.get(maker)?.parent === who));
  return family(check.who) || family(check.onBehalfOf);
}

export const byHuman = (check: Verification): boolean => !check.who.startsWith('Device') && check.onBehalfOf?.startsWith('Device') !== true;

/** A cause for AI rules: the model where the registry knows it, else the resource type. */
export function modelCause(fold: AiFold, content: AiContent): string {
  const models = content.generations.flatMap((generation) => generation.devices.flatMap((device) => fold.devices.get(device.who)?.model?.id ?? []));
  return `${content.type} by ${models[0] ?? 'an unregistered model'}`;
}

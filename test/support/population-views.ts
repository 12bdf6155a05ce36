import type { Finding } from '../../terms/finding.ts';
import type { ModelRegistry } from '../../terms/model-registry.ts';
import type { PatientView, ReferenceFact, ViewEntry } from '../../terms/patient-view.ts';
import type { PatientRule, Resource, Rule } from '../../terms/rule.ts';
import type { Store, Version } from '../../sandbox/store.ts';
import { runFolds } from '../../validators/integrity/check-patient.ts';
import { findingFrom } from '../../validators/integrity/finding-from.ts';
import { project } from '../../validators/integrity/projection.ts';
import { clinicalTime } from '../../validators/integrity/reading/clinical-time.ts';

type Read = { readonly resource: Resource; readonly entry: ViewEntry; readonly references: readonly string[]; readonly patient: string };

const read = new WeakMap<Version, Read>();
const key = (one: { readonly resourceType: string; readonly id?: string }): string => `${one.resourceType}/${one.id ?? ''}`;

/** A version of the sandbox's store as assessment reads it; parsed and projected once. */
function readOf(version: Version): Read {
  let known = read.get(version);
  if (known === undefined) {
    const text = version.bytes?.toString() ?? '{}';
    const resource = JSON.parse(text) as Resource;
    const references = [...text.matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1] ?? '');
    known = { resource, references, patient: ownPatient(resource),
      entry: { version: key(resource), type: resource.resourceType, id: resource.id ?? '', time: clinicalTime(resource), fields: project(resource), place: 'compartment' } };
    read.set(version, known);
  }
  return known;
}

const patientId = (reference: unknown): string => /(?:^|\/)Patient\/([A-Za-z0-9.-]+)/.exec((reference as { reference?: string } | undefined)?.reference ?? '')?.[1] ?? '';
function ownPatient(resource: Resource): string {
  if (resource.resourceType === 'Patient') return resource.id ?? '';
  return patientId(resource['subject'] ?? resource['patient'] ?? resource['beneficiary']);
}

// As at the barrier: these join the compartment of what they name.
const joining = new Set(['Provenance', 'AuditEvent', 'List', 'Media', 'Device']);
export type Compartments = ReadonlyMap<string, readonly Version[]>;

export function compartmentsOf(store: Store): Compartments {
  const found = new Map<string, Version[]>();
  const owner = new Map<string, string>();
  const add = (patient: string, version: Version): void => {
    found.set(patient, [...(found.get(patient) ?? []), version]);
  };
  const later: Version[] = [];
  for (const type of store.types()) {
    for (const version of store.current(type)) {
      const { patient, resource } = readOf(version);
      if (patient === '' && joining.has(type)) later.push(version);
      else if (patient !== '') {
        const own = found.get(patient);
        if (own === undefined) found.set(patient, [version]);
        else own.push(version);
        owner.set(key(resource), patient);
      }
    }
  }
  for (const version of later) {
    const patient = readOf(version).references.map((reference) => owner.get(reference.split('/_history/')[0] ?? '') ?? patientId({ reference })).find((one) => one !== '');
    if (patient !== undefined) add(patient, version);
  }
  return found;
}

export type Asked = { readonly asOf: string; readonly models?: ModelRegistry };

type Built = { readonly entries: readonly ViewEntry[]; readonly landed: ReadonlySet<string> };
// A compartment of one store is a list of its own: every rule that looks at it gets the same entries.
const built = new WeakMap<readonly Version[], Built>();

function build(store: Store, versions: readonly Version[]): Built {
  const known = built.get(versions);
  if (known !== undefined) return known;
  const inside = versions.map(readOf);
  const keys = new Set(inside.map(({ resource }) => key(resource)));
  const outside = [...new Set(inside.flatMap(({ references }) => references.map((one) => one.split('/_history/')[0] ?? one)))].filter((one) => !keys.has(one)).flatMap((reference) => {
    const [type = '', id = ''] = reference.split('/');
    const head = store.head(type, id);
    return head?.bytes === undefined ? [] : [{ ...readOf(head).entry, place: 'referenced' as const }];
  });
  const made = { landed: new Set([...keys, ...outside.map((entry) => entry.version)]), entries: [...inside.map(({ entry }) => entry), ...outside].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)) };
  built.set(versions, made);
  return made;
}

function viewOf(store: Store, patient: string, versions: readonly Version[], { asOf, models }: Asked): PatientView {
  const { entries, landed } = build(store, versions);
  // All of the source was asked for what is named and not there.
  const reference = (asked: string): ReferenceFact => (landed.has(asked) ? 'landed' : /^[A-Z][A-Za-z]+\/[^/?]+$/.test(asked) ? 'absent-at-source' : 'not-asked');
  return { patient, asOf, reference, failedTypes: new Set(), entries, ...(models === undefined ? {} : { models }) };
}

/** What rules say of a store: findings by `Type/id`. `only`: the patients to look at, and the resources for rules of one resource. */
export function findingsOf(rules: readonly Rule[], store: Store, compartments: Compartments, asked: Asked, only?: { readonly patients: ReadonlySet<string>; readonly keys: ReadonlySet<string> }): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  const add = (at: string, findings: readonly Finding[]): void => {
    if (findings.length > 0) found.set(at, [...(found.get(at) ?? []), ...findings]);
  };
  const folds = rules.filter((rule): rule is PatientRule => rule.scope === 'patient');
  for (const [patient, versions] of folds.length === 0 ? [] : compartments) {
    if (only !== undefined && !only.patients.has(patient)) continue;
    // Findings about what is only referenced are its own compartment's.
    const members = new Set(versions.map((version) => `${version.type}/${version.id}`));
    for (const [version, findings] of runFolds(folds, [], viewOf(store, patient, versions, asked))) if (members.has(version)) add(version, findings);
  }
  for (const rule of rules) {
    if (rule.scope !== 'resource' && rule.scope !== 'history') continue;
    for (const type of store.types()) {
      if (rule.reads[type] === undefined && rule.reads['*'] === undefined) continue;
      for (const version of store.current(type)) {
        if (only !== undefined && !only.keys.has(`${type}/${version.id}`)) continue;
        const { resource } = readOf(version);
        if (rule.scope === 'resource') add(key(resource), rule.check(resource, asked).map((said) => findingFrom(rule, said)));
        else if (version.previous?.bytes !== undefined) add(key(resource), rule.check(readOf(version.previous).resource, resource, { ...asked, beforeVersion: 'before' }).map((said) => findingFrom(rule, said)));
      }
    }
  }
  return found;
}

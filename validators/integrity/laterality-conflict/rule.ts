import type { Claim, CodeableConcept, Coding, Condition, DiagnosticReport, Procedure, Reference } from '@medplum/fhirtypes';
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { bareIcd, systemOf } from '../reading/coded.ts';
import { encounterOf, encounterReads } from '../reading/encounter-of.ts';
import { keyOf } from '../reading/references.ts';
import { opposed, sideIn, sideOf, sidesOf, type Side } from '../reading/sides.ts';
import { wrong } from '../say.ts';
import type { Either } from '../reading/either.ts';
import { notedOtherwise, sidesDone, sidesNoted, type NotedSides } from './noted-sides.ts';

type Stated = { readonly side: Side; readonly path: string };
type Sided = { readonly version: string; readonly key: string; readonly stated: readonly Stated[]; readonly linked: readonly string[] };
/** A code with a side, in its encounter: what a claim reports is compared with what the chart has of the same family. */
type Coded = Stated & { readonly version: string; readonly encounter: string; readonly family: string };
type State = { readonly sided: Map<string, Sided>; readonly charted: Coded[]; readonly reported: Coded[]; readonly noted: NotedSides[]; readonly done: NotedSides[] };

/** The places of a resource that state a side. */
function statedIn(entry: ViewEntry): readonly Stated[] {
  const fields = entry.fields as Either<Procedure, Condition, DiagnosticReport>;
  const add = (concept: CodeableConcept | undefined, path: string): readonly Stated[] => sidesOf(concept).map((one) => ({ side: one.side, path: `${entry.type}.${path}.${one.path}` }));
  const conclusion = entry.type === 'DiagnosticReport' ? sideIn(fields.conclusion) : undefined;
  return [...add(fields.code, 'code'), ...(Array.isArray(fields.bodySite) ? fields.bodySite : []).flatMap((site, index) => add(site, `bodySite[${index}]`)),
    ...(conclusion === undefined ? [] : [{ side: conclusion, path: 'DiagnosticReport.conclusion' }])];
}

function linksOf(entry: ViewEntry): readonly string[] {
  const fields = entry.fields as Readonly<Record<string, readonly Reference[] | undefined>>;
  return ['basedOn', 'reasonReference', 'report'].flatMap((element) => (fields[element] ?? []).flatMap((reference) => keyOf(reference) ?? []));
}

// ICD-10-CM: the category; ICD-10-PCS: section, body system and operation. Within it a code of the other side is the other side's.
function familyOf(coding: Coding): string | undefined {
  const system = systemOf(coding.system);
  return (system === 'icd10cm' || system === 'icd10pcs') && coding.code !== undefined ? `${system} ${bareIcd(coding.code).slice(0, 3)}` : undefined;
}
const codedIn = (concept: CodeableConcept | undefined, version: string, encounter: string, path: string): readonly Coded[] => (concept?.coding ?? []).flatMap((coding, index) => {
  const [family, side] = [familyOf(coding), sideOf({ coding: [coding] })];
  return family === undefined || side === undefined ? [] : [{ version, encounter, family, side, path: `${path}.coding[${index}]` }];
});

function claimLines({ fields, type, version }: ViewEntry, encounter: string): readonly Coded[] {
  const { diagnosis, procedure } = fields as Partial<Claim>;
  return [...(diagnosis ?? []).flatMap((line, index) => codedIn(line.diagnosisCodeableConcept, version, encounter, `${type}.diagnosis[${index}].diagnosisCodeableConcept`)),
    ...(procedure ?? []).flatMap((line, index) => codedIn(line.procedureCodeableConcept, version, encounter, `${type}.procedure[${index}].procedureCodeableConcept`))];
}

const says = 'Two records of the same matter, or two places of one, name opposite sides; find out which is right before anybody acts on it.';

function conflictOf(sided: Sided, all: ReadonlyMap<string, Sided>): readonly Said[] {
  for (const one of sided.stated) {
    const own = sided.stated.find((other) => opposed(one.side, other.side));
    if (own !== undefined) return [wrong(own.path, says, { version: sided.version, code: 'conflict', cause: elementOf(own.path), evidence: [{ expression: one.path, role: 'against' }] })];
    for (const link of sided.linked) {
      const other = all.get(link);
      const against = other?.stated.find((place) => opposed(one.side, place.side));
      if (other !== undefined && against !== undefined) {
        return [wrong(one.path, says, { version: sided.version, code: 'conflict', cause: elementOf(one.path), evidence: [{ version: other.version, expression: against.path, role: 'against' }] })];
      }
    }
  }
  return [];
}
const elementOf = (path: string): string => path.split('.').slice(0, 2).join('.').replace(/\[\d+\]/g, '');

const notes = { DocumentReference: ['status', 'context', 'content', 'date'], Composition: ['status', 'encounter', 'section', 'date'] };

export const lateralityConflict = patientRule<State>({
  id: 'laterality-conflict', version: 6, category: 'relational conformance', owner: 'documentation', kind: 'judge',
  title: 'Left here, right there', why: 'Somebody may be operated on the wrong side.',
  sources: ['Joint Commission Universal Protocol UP.01.01.01', 'ICD-10-CM Official Guidelines I.B.13 (laterality)'],
  reads: { ServiceRequest: ['code', 'bodySite', 'reasonReference', 'basedOn', 'status'], Procedure: ['code', 'bodySite', 'basedOn', 'reasonReference', 'report', 'status', 'encounter'],
    DiagnosticReport: ['code', 'conclusion', 'basedOn', 'status'], Condition: ['code', 'bodySite', 'encounter', 'verificationStatus'], ...notes, ImagingStudy: ['basedOn', 'reasonReference', 'status'],
    Claim: [...(encounterReads['Claim'] ?? []), 'diagnosis', 'procedure', 'status'], ExplanationOfBenefit: [...(encounterReads['ExplanationOfBenefit'] ?? []), 'diagnosis', 'procedure', 'status'] },
  start: () => ({ sided: new Map(), charted: [], reported: [], noted: [], done: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment' || withdrawn.has(String(entry.fields['status']))) return;
    const encounter = encounterOf(entry);
    if (entry.type === 'Claim' || entry.type === 'ExplanationOfBenefit') {
      if (encounter !== undefined) state.reported.push(...claimLines(entry, encounter));
      return;
    }
    if (entry.type in notes) {
      const noted = sidesNoted(entry);
      if (noted !== undefined) state.noted.push(noted);
      return;
    }
    const stated = statedIn(entry);
    if (stated.length === 0) return;
    const done = sidesDone(entry, stated);
    if (done !== undefined) state.done.push(done);
    const key = `${entry.type}/${entry.id}`;
    state.sided.set(key, { version: entry.version, key, stated, linked: linksOf(entry) });
    if (encounter !== undefined) state.charted.push(...codedIn(entry.fields['code'] as CodeableConcept, entry.version, encounter, `${entry.type}.code`));
  },
  end: ({ sided, charted, reported, noted, done }) => [...[...sided.values()].flatMap((one) => conflictOf(one, sided)), ...notedOtherwise(noted, done, says), ...reported.flatMap((line): Said[] => {
    const alike = charted.filter((one) => one.encounter === line.encounter && one.family === line.family);
    const against = alike.find((one) => opposed(one.side, line.side));
    return against === undefined || alike.some((one) => !opposed(one.side, line.side)) ? [] : [wrong(line.path, says,
      { version: line.version, code: 'conflict', cause: elementOf(line.path), evidence: [{ version: against.version, expression: against.path, role: 'against' }] })];
  })],
});
const withdrawn = new Set(['not-done', 'entered-in-error', 'cancelled', 'revoked']);

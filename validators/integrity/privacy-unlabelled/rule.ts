import type { CodeableConcept, Coding, Consent, ConsentProvision, DocumentReference, Encounter, Procedure } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/privacy-markers.json' with { type: 'json' };
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf, encounterReads } from '../reading/encounter-of.ts';
import { keyOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Kept = { readonly id: string; readonly version: string; readonly encounter: string | undefined; readonly type: string };
type State = { readonly programs: Map<string, string>; readonly unlabelled: Kept[]; readonly psychotherapy: Kept[]; readonly treated: Kept[];
  readonly denied: { version: string; key: string; permits: readonly string[] }[]; part2Consent: boolean };

const marks = (kind: string): readonly { code: string; system?: string }[] => table.rows.filter((row) => row.kind === kind);
const [part2, treatment, psychotherapy] = [marks('part2'), marks('treatment'), marks('psychotherapy')];
const labels = new Set(marks('label').map((row) => row.code));
// v3-ActReason: what a consent's purpose is among ours. Training models on records is research to a consent.
const purposes: Readonly<Record<string, readonly string[]>> = { TREAT: ['care'], ETREAT: ['care'], HPAYMT: ['payment'], HOPERAT: ['quality'], HRESCH: ['research', 'training'] };
const all = ['care', 'quality', 'payment', 'research', 'training'];

const marked = (concepts: readonly (CodeableConcept | Coding | undefined)[], rows: readonly { code: string; system?: string }[]): boolean => concepts.some((concept) => {
  const codings = concept === undefined ? [] : 'coding' in concept ? concept.coding ?? [] : [concept as Coding];
  return codings.some((coding) => rows.some((row) => row.code === coding.code && (row.system === undefined || row.system === coding.system)));
});

const denials = (provision: ConsentProvision | undefined): readonly ConsentProvision[] =>
  (provision === undefined ? [] : [...(provision.type === 'deny' ? [provision] : []), ...(provision.provision ?? []).flatMap((inner) => denials(inner))]);

function consentStep(state: State, entry: ViewEntry): void {
  const consent = entry.fields as Partial<Consent>;
  if (consent.status !== 'active') return;
  const permitted = consent.provision?.type === 'permit' && consent.provision.purpose?.some((purpose) => purpose.code === 'TREAT') === true;
  if (permitted && marked([...(consent.policyRule === undefined ? [] : [consent.policyRule]), ...(consent.category ?? [])], [{ code: '42CFRPart2' }])) state.part2Consent = true;
  for (const denial of denials(consent.provision)) {
    const refused = (denial.purpose ?? []).flatMap((purpose) => purposes[purpose.code ?? ''] ?? []);
    const permits = refused.length === 0 ? [] : all.filter((purpose) => !refused.includes(purpose));
    const targets = (denial.data ?? []).flatMap((data) => keyOf(data.reference) ?? []);
    for (const key of targets.length > 0 ? targets : [keyOf(consent.patient) ?? '']) state.denied.push({ version: entry.version, key, permits });
  }
}

const types = ['Observation', 'Condition', 'Procedure', 'DiagnosticReport', 'DocumentReference', 'MedicationRequest', 'MedicationAdministration', 'Composition', 'CarePlan'] as const;

export const privacyUnlabelled = patientRule<State>({
  id: 'privacy-unlabelled', version: 3, category: 'relational conformance', owner: 'privacy',
  title: 'Protected, and not labelled so', why: 'Whoever receives it cannot know that the law or the patient forbids the use.',
  sources: ['42 CFR Part 2', '45 CFR 164.508(a)(2), 164.522(a)', 'http://hl7.org/fhir/uv/security-label-ds4p'],
  reads: { '*': ['meta'], ...Object.fromEntries(types.map((type) => [type, encounterReads[type] ?? []])), Encounter: ['type', 'serviceType', 'class', 'location'],
    Procedure: [...(encounterReads['Procedure'] ?? []), 'code'], DocumentReference: [...(encounterReads['DocumentReference'] ?? []), 'type', 'category'], Consent: ['status', 'patient', 'provision', 'policyRule', 'category'] },
  start: () => ({ programs: new Map(), unlabelled: [], psychotherapy: [], treated: [], denied: [], part2Consent: false }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    if (entry.type === 'Consent') return consentStep(state, entry);
    const security = (entry.fields['meta'] as { security?: Coding[] } | undefined)?.security;
    const labelled = security?.some((label) => labels.has(label.code ?? '')) ?? false;
    if (entry.type === 'Encounter') {
      const encounter = entry.fields as Partial<Encounter>;
      if (marked([encounter.serviceType, encounter.class, ...(encounter.type ?? [])], part2)) state.programs.set(entry.id, entry.version);
    }
    if (labelled) return;
    const kept = { id: entry.id, version: entry.version, type: entry.type, encounter: entry.type === 'Encounter' ? entry.id : encounterOf(entry) };
    state.unlabelled.push(kept);
    if (entry.type === 'Procedure' && marked([(entry.fields as Partial<Procedure>).code], treatment)) state.treated.push(kept);
    if (entry.type !== 'DocumentReference') return;
    const document = entry.fields as Partial<DocumentReference>;
    if (marked([document.type, ...(document.category ?? [])], psychotherapy) || /psychotherapy note/i.test(document.type?.text ?? document.type?.coding?.[0]?.display ?? '')) state.psychotherapy.push(kept);
  },
  end(state) {
    const said: Said[] = [];
    const tell = (kept: Kept, says: string, permits: readonly string[], cause: string, evidence: readonly { version: string; expression: string }[] = []): void => {
      said.push(wrong(`${kept.type}.meta.security`, says, { version: kept.version, permits, cause, evidence: evidence.map((one) => ({ ...one, role: 'against' as const })) }));
    };
    // Most patients have neither a program nor a denial: only then is what is not labelled looked at.
    for (const kept of state.programs.size === 0 ? [] : state.unlabelled) {
      const program = state.programs.get(kept.encounter ?? '');
      if (program !== undefined) tell(kept, 'This comes from a program for substance use disorders and has no label that says so.', state.part2Consent ? ['care', 'payment', 'quality'] : [], '42 CFR Part 2', [{ version: program, expression: 'Encounter' }]);
    }
    for (const kept of state.treated) if (state.programs.get(kept.encounter ?? '') === undefined) tell(kept, 'Only a program for substance use disorders does this, and it has no label that says so.', state.part2Consent ? ['care', 'payment', 'quality'] : [], '42 CFR Part 2');
    for (const kept of state.psychotherapy) tell(kept, 'This is a psychotherapy note, which nobody but its author may use without the patient’s authorization, and has no label that says so.', [], 'psychotherapy note');
    const byKey = new Map(state.denied.length === 0 ? [] : state.unlabelled.map((kept) => [`${kept.type}/${kept.id}`, kept]));
    for (const denial of state.denied) {
      const kept = byKey.get(denial.key);
      if (kept !== undefined) tell(kept, 'The patient’s consent denies a use of this, and it has no label that says so.', denial.permits, 'consent denies', [{ version: denial.version, expression: 'Consent.provision' }]);
    }
    return said;
  },
});

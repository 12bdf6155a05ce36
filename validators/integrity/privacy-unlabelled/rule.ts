import type { CodeableConcept, Coding, Consent, ConsentProvision, DocumentReference, Encounter, Procedure } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/privacy-markers.json' with { type: 'json' };
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { encounterOf, encounterReads } from '../reading/encounter-of.ts';
import { isBefore } from '../reading/moments.ts';
import { keyOf } from '../reading/references.ts';
import { wrong } from '../say.ts';

type Kept = { readonly codes: readonly string[]; readonly id: string; readonly version: string; readonly encounter: string | undefined; readonly type: string };
type State = { readonly asOf: string; readonly programs: Map<string, string>; readonly unlabelled: Kept[]; readonly psychotherapy: Kept[]; readonly treated: Kept[];
  readonly denied: { version: string; of: (kept: Kept) => boolean; permits: readonly string[] }[]; part2Consent: boolean };

const marks = (kind: string): readonly { code: string; system?: string }[] => table.rows.filter((row) => row.kind === kind);
const [part2, treatment, psychotherapy] = [marks('part2'), marks('treatment'), marks('psychotherapy')];
const words = (kind: string): RegExp => new RegExp(marks(`${kind} words`).map((row) => `(?:${row.code})`).join('|'), 'i');
const [programWords, treatmentWords, psychotherapyWords] = [words('program'), words('treatment'), words('psychotherapy')];
const called = (concept: CodeableConcept | undefined): readonly (string | undefined)[] => [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)];
const isSaid = (pattern: RegExp, texts: readonly (string | undefined)[]): boolean => texts.some((text) => text !== undefined && pattern.test(text));
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

const codeOf = ({ system, code }: Coding): string => `${system} ${code}`;

/** What a denial is about: records that it names, their codes or their types; else the patient. */
function deniedBy({ data, code, class: types }: ConsentProvision, patient: string | undefined): (kept: Kept) => boolean {
  const keys = new Set((data ?? []).flatMap((one) => keyOf(one.reference) ?? []));
  if (keys.size > 0) return (kept) => keys.has(`${kept.type}/${kept.id}`);
  const codes = new Set((code ?? []).flatMap((concept) => concept.coding ?? []).map(codeOf)), ofTypes = new Set((types ?? []).map((coding) => coding.code));
  if (codes.size > 0) return (kept) => kept.codes.some((one) => codes.has(one));
  return ofTypes.size > 0 ? (kept) => ofTypes.has(kept.type) : (kept) => `${kept.type}/${kept.id}` === patient;
}

function consentStep(state: State, entry: ViewEntry): void {
  const consent = entry.fields as Partial<Consent>;
  if (consent.status !== 'active') return;
  const permitted = consent.provision?.type === 'permit' && consent.provision.purpose?.some((purpose) => purpose.code === 'TREAT') === true;
  if (permitted && marked([...(consent.policyRule === undefined ? [] : [consent.policyRule]), ...(consent.category ?? [])], [{ code: '42CFRPart2' }])) state.part2Consent = true;
  for (const denial of denials(consent.provision)) {
    // One recipient by name, or a time that is over: whoever reads our feeds is not told apart, and nothing is denied any more.
    if (denial.actor?.some((actor) => actor.reference?.reference !== undefined) === true || (denial.period?.end !== undefined && isBefore(denial.period.end, state.asOf))) continue;
    const refused = (denial.purpose ?? []).flatMap((purpose) => purposes[purpose.code ?? ''] ?? []);
    const permits = refused.length === 0 ? [] : all.filter((purpose) => !refused.includes(purpose));
    state.denied.push({ version: entry.version, of: deniedBy(denial, keyOf(consent.patient)), permits });
  }
}

const types = ['Observation', 'Condition', 'Procedure', 'DiagnosticReport', 'DocumentReference', 'MedicationRequest', 'MedicationAdministration', 'Composition', 'CarePlan'] as const;

export const privacyUnlabelled = patientRule<State>({
  id: 'privacy-unlabelled', version: 4, category: 'relational conformance', owner: 'privacy',
  title: 'Protected, and not labelled so', why: 'Whoever receives it cannot know that the law or the patient forbids the use.',
  sources: ['42 CFR Part 2', '45 CFR 164.508(a)(2), 164.522(a)', 'http://hl7.org/fhir/uv/security-label-ds4p'],
  reads: { '*': ['meta'], ...Object.fromEntries(types.map((type) => [type, [...encounterReads[type] ?? [], 'code']])), Encounter: ['type', 'serviceType', 'class', 'location', 'serviceProvider'],
    Procedure: [...(encounterReads['Procedure'] ?? []), 'code'], DocumentReference: [...(encounterReads['DocumentReference'] ?? []), 'type', 'category', 'description'], Consent: ['status', 'patient', 'provision', 'policyRule', 'category'] },
  start: (view) => ({ asOf: view.asOf, programs: new Map(), unlabelled: [], psychotherapy: [], treated: [], denied: [], part2Consent: false }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    if (entry.type === 'Consent') return consentStep(state, entry);
    const security = (entry.fields['meta'] as { security?: Coding[] } | undefined)?.security;
    const labelled = security?.some((label) => labels.has(label.code ?? '')) ?? false;
    if (entry.type === 'Encounter') {
      const encounter = entry.fields as Partial<Encounter>;
      if (marked([encounter.serviceType, encounter.class, ...(encounter.type ?? [])], part2)
        || isSaid(programWords, [...[encounter.serviceType, ...(encounter.type ?? [])].flatMap(called), encounter.serviceProvider?.display, ...(encounter.location ?? []).map(({ location }) => location?.display)])) state.programs.set(entry.id, entry.version);
    }
    if (labelled) return;
    const kept = { codes: (entry.fields['code'] as CodeableConcept | undefined)?.coding?.map(codeOf) ?? [], id: entry.id, version: entry.version, type: entry.type, encounter: entry.type === 'Encounter' ? entry.id : encounterOf(entry) };
    state.unlabelled.push(kept);
    if (entry.type === 'Procedure' && (marked([(entry.fields as Partial<Procedure>).code], treatment) || isSaid(treatmentWords, called((entry.fields as Partial<Procedure>).code)))) state.treated.push(kept);
    if (entry.type !== 'DocumentReference') return;
    const document = entry.fields as Partial<DocumentReference>;
    if (marked([document.type, ...(document.category ?? [])], psychotherapy) || isSaid(psychotherapyWords, [document.description, ...[document.type, ...(document.category ?? [])].flatMap(called)])) state.psychotherapy.push(kept);
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
    for (const denial of state.denied) {
      for (const kept of state.unlabelled.filter(denial.of)) tell(kept, 'The patient’s consent denies a use of this, and it has no label that says so.', denial.permits, 'consent denies', [{ version: denial.version, expression: 'Consent.provision' }]);
    }
    return said;
  },
});

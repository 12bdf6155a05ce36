import type { AllergyIntolerance, CodeableConcept, Medication, MedicationRequest } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/allergy-classes.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { hasCode, systemOf } from '../reading/coded.ts';
import { idOf } from '../reading/references.ts';
import { unevaluated, wrong } from '../say.ts';

type Denied = { readonly version: string; readonly drugsOnly: boolean };
type Allergy = { readonly version: string; readonly classes: readonly string[]; readonly drug: boolean };
type Order = { readonly version: string; readonly classes: readonly string[]; readonly medication: string | undefined };
type State = { readonly denied: Denied[]; readonly allergies: Allergy[]; readonly orders: Order[]; readonly medications: Map<string, readonly string[]> };

const patterns = table.rows.map((row) => ({ name: row.class, words: new RegExp(`\\b(?:${row.names.join('|')})s?\\b`, 'i'), codes: new Set([...row.rxnorm.map((code) => `rxnorm ${code}`), ...row.snomed.map((code) => `snomed ${code}`)]) }));
// SNOMED CT: no known allergy; no known drug allergy.
const noKnown = ['716186003', '409137002'];
const denial = /^\s*(?:no (?:known )?(?:drug |medication )?allerg(?:y|ies)|nkd?a)\b/i;

function classesOf(concept: CodeableConcept | undefined): readonly string[] {
  const text = [concept?.text, ...(concept?.coding ?? []).map((coding) => coding.display)].join(' ');
  const codes = (concept?.coding ?? []).map((coding) => `${systemOf(coding.system)} ${coding.code}`);
  return patterns.filter((pattern) => pattern.words.test(text) || codes.some((code) => pattern.codes.has(code))).map((pattern) => pattern.name);
}
/** Of the drug as a whole and of what it is made of. */
const classesIn = (medication: Partial<Medication>): readonly string[] =>
  [medication.code, ...(medication.ingredient ?? []).map((one) => one.itemCodeableConcept)].flatMap(classesOf);
const named = (concept: CodeableConcept | undefined): readonly string[] => [concept?.text ?? '', ...(concept?.coding ?? []).map((coding) => coding.display ?? '')];
// No known food, latex, environmental or insect allergy.
const noneOfAKind = ['429625007', '1003774007', '428607008', '428197003'];
const isActive = (allergy: Partial<AllergyIntolerance>): boolean => !hasCode(allergy.clinicalStatus, 'inactive', 'resolved')
  && !hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error');

export const allergyConflict = patientRule<State>({
  id: 'allergy-conflict', version: 2, category: 'atemporal plausibility', owner: 'documentation',
  title: 'The allergy list contradicts itself or an order', why: 'A patient may be given what harms them; whoever prescribes must look at it today.',
  sources: ['Joint Commission MM.01.01.01', 'AAAAI/ACAAI Drug Allergy Practice Parameter 2022'],
  reads: { AllergyIntolerance: ['code', 'clinicalStatus', 'verificationStatus', 'category', 'reaction'], Medication: ['code', 'ingredient'],
    MedicationRequest: ['status', 'intent', 'medicationCodeableConcept', 'medicationReference', 'doNotPerform', 'contained'] },
  start: () => ({ denied: [], allergies: [], orders: [], medications: new Map() }),
  step(state, entry) {
    if (entry.type === 'Medication') state.medications.set(entry.id, classesIn(entry.fields as Partial<Medication>));
    else if (entry.type === 'AllergyIntolerance') {
      const allergy = entry.fields as Partial<AllergyIntolerance>;
      if (!isActive(allergy)) return;
      if (hasCode(allergy.code, ...noKnown)) state.denied.push({ version: entry.version, drugsOnly: hasCode(allergy.code, '409137002') });
      else if (named(allergy.code).some((text) => denial.test(text))) state.denied.push({ version: entry.version, drugsOnly: named(allergy.code).some((text) => /drug|medication|nkda/i.test(text)) });
      // No latex allergy known says nothing of others; it is no allergy either.
      else if (!hasCode(allergy.code, ...noneOfAKind) && !named(allergy.code).some((text) => /^no known/i.test(text))) {
        const classes = [allergy.code, ...(allergy.reaction ?? []).map((reaction) => reaction.substance)].flatMap(classesOf);
        state.allergies.push({ version: entry.version, classes, drug: allergy.category?.includes('medication') === true || classes.length > 0 });
      }
    } else {
      const order = entry.fields as Partial<MedicationRequest>;
      if (order.status !== 'active' || order.doNotPerform === true || order.intent === 'proposal') return;
      const inside = order.contained?.find((one) => `#${one.id}` === order.medicationReference?.reference) as Partial<Medication> | undefined;
      state.orders.push({ version: entry.version, classes: inside === undefined ? classesOf(order.medicationCodeableConcept) : classesIn(inside), medication: idOf(order.medicationReference, 'Medication') });
    }
  },
  end(state) {
    const said: Said[] = [];
    for (const { version, drugsOnly } of state.denied) {
      const against = state.allergies.filter((allergy) => !drugsOnly || allergy.drug);
      if (against.length > 0) said.push(wrong('AllergyIntolerance.code', 'The list says that there are no known allergies, and an active allergy stands beside it.', { version, code: 'conflict',
        cause: 'no known allergies', evidence: against.map((allergy) => ({ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' as const })) }));
    }
    for (const order of state.orders) {
      const classes = order.medication === undefined ? order.classes : state.medications.get(order.medication);
      if (classes === undefined && state.allergies.some((allergy) => allergy.drug)) {
        said.push(unevaluated('MedicationRequest.medication', 'The ordered drug has not landed, so nobody can tell whether it matches an allergy.', { version: order.version }));
      }
      const allergy = state.allergies.find((one) => one.classes.some((name) => classes?.includes(name) === true));
      if (allergy !== undefined) said.push(wrong('MedicationRequest.medication', 'An active order is for a drug that the patient has an active allergy to, or for one of its class.', { version: order.version, code: 'conflict',
        cause: `order of a drug of the class ${allergy.classes.find((name) => classes?.includes(name)) ?? ''}`, evidence: [{ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' }] }));
    }
    return said;
  },
});

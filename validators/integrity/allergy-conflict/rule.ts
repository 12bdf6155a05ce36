import type { AllergyIntolerance, CodeableConcept, Medication, MedicationRequest } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/allergy-classes.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { hasCode } from '../reading/coded.ts';
import { idOf } from '../reading/references.ts';
import { unevaluated, wrong } from '../say.ts';

type Denied = { readonly version: string; readonly drugsOnly: boolean };
type Allergy = { readonly version: string; readonly classes: readonly string[]; readonly drug: boolean };
type Order = { readonly version: string; readonly classes: readonly string[]; readonly medication: string | undefined };
type State = { readonly denied: Denied[]; readonly allergies: Allergy[]; readonly orders: Order[]; readonly medications: Map<string, readonly string[]> };

const patterns = table.rows.map((row) => ({ name: row.class, words: new RegExp(`\\b(?:${row.names.join('|')})s?\\b`, 'i') }));
// SNOMED CT: no known allergy; no known drug allergy.
const noKnown = ['716186003', '409137002'];

function classesOf(concept: CodeableConcept | undefined): readonly string[] {
  const text = [concept?.text, ...(concept?.coding ?? []).map((coding) => coding.display)].join(' ');
  return patterns.filter((pattern) => pattern.words.test(text)).map((pattern) => pattern.name);
}
const isActive = (allergy: Partial<AllergyIntolerance>): boolean => !hasCode(allergy.clinicalStatus, 'inactive', 'resolved')
  && !hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error');

export const allergyConflict = patientRule<State>({
  id: 'allergy-conflict', version: 1, category: 'atemporal plausibility', owner: 'documentation',
  title: 'The allergy list contradicts itself or an order', why: 'A patient may be given what harms them; whoever prescribes must look at it today.',
  sources: ['Joint Commission MM.01.01.01', 'AAAAI/ACAAI Drug Allergy Practice Parameter 2022'],
  reads: { AllergyIntolerance: ['code', 'clinicalStatus', 'verificationStatus', 'category'], Medication: ['code'],
    MedicationRequest: ['status', 'intent', 'medicationCodeableConcept', 'medicationReference', 'doNotPerform'] },
  start: () => ({ denied: [], allergies: [], orders: [], medications: new Map() }),
  step(state, entry) {
    if (entry.type === 'Medication') state.medications.set(entry.id, classesOf((entry.fields as Partial<Medication>).code));
    else if (entry.type === 'AllergyIntolerance') {
      const allergy = entry.fields as Partial<AllergyIntolerance>;
      if (!isActive(allergy)) return;
      if (hasCode(allergy.code, ...noKnown)) state.denied.push({ version: entry.version, drugsOnly: hasCode(allergy.code, '409137002') });
      else if (/^no known/i.test(allergy.code?.text ?? '')) state.denied.push({ version: entry.version, drugsOnly: /drug|medication/i.test(allergy.code?.text ?? '') });
      else state.allergies.push({ version: entry.version, classes: classesOf(allergy.code), drug: allergy.category?.includes('medication') === true || classesOf(allergy.code).length > 0 });
    } else {
      const order = entry.fields as Partial<MedicationRequest>;
      if (order.status !== 'active' || order.doNotPerform === true || order.intent === 'proposal') return;
      state.orders.push({ version: entry.version, classes: classesOf(order.medicationCodeableConcept), medication: idOf(order.medicationReference, 'Medication') });
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

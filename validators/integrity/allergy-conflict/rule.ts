import type { AllergyIntolerance, CodeableConcept, Medication, MedicationRequest } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/allergy-classes.json' with { type: 'json' };
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { hasCode, systemOf } from '../reading/coded.ts';
import { idOf } from '../reading/references.ts';
import { unevaluated, wrong } from '../say.ts';

type Denied = { readonly version: string; /** The kind that is denied; undefined is every one. */ readonly kind: string | undefined };
/** Classes of a drug, and what names it: codes and words. */
type Drug = { readonly classes: readonly string[]; readonly names: ReadonlySet<string> };
type Allergy = Drug & { readonly version: string; readonly drug: boolean; readonly categories: readonly string[] };
type Order = { readonly version: string; readonly drug: Drug; readonly medication: string | undefined };
type State = { readonly denied: Denied[]; readonly allergies: Allergy[]; readonly orders: Order[]; readonly medications: Map<string, Drug> };

const patterns = table.rows.map((row) => ({ name: row.class, words: new RegExp(`\\b(?:${row.names.join('|')})s?\\b`, 'i'), codes: new Set([...row.rxnorm.map((code) => `rxnorm ${code}`), ...row.snomed.map((code) => `snomed ${code}`)]) }));
// SNOMED CT: no known allergy, and the code before it; no known drug allergy.
const noKnown = ['716186003', '160244002', '409137002'];
const denial = /^\s*(?:no (?:known )?(?:drug |medication )?allerg(?:y|ies)|nkd?a)\b/i;

// Words that many allergies or drugs have: they name none.
const idle = new Set(['allergy', 'allergic', 'allergies', 'adverse', 'reaction', 'intolerance', 'hypersensitivity', 'sensitivity', 'propensity', 'disorder', 'finding', 'substance', 'product', 'products', 'containing', 'drugs', 'medication', 'medications',
  'antibiotic', 'antibiotics', 'agents', 'inhibitors', 'blockers', 'tablet', 'tablets', 'capsule', 'capsules', 'solution', 'suspension', 'injection', 'injectable', 'cream', 'ointment', 'patch', 'extended', 'release', 'delayed', 'daily', 'powder', 'spray',
  'sodium', 'potassium', 'calcium', 'magnesium', 'chloride', 'hydrochloride', 'sulfate', 'sulfates', 'sulfites', 'phosphate', 'acetate', 'citrate', 'tartrate', 'maleate', 'succinate', 'mesylate', 'besylate', 'fumarate', 'gluconate', 'bromide', 'acid', 'vitamin', 'iodine', 'extract', 'allergenic', 'pollen', 'human', 'solid', 'liquid', 'topical', 'actuat', 'inhaler', 'prefilled', 'syringe', 'system', 'patient', 'severe', 'class', 'other', 'therapy']);
const wordsIn = (text: string): readonly string[] => (text.toLowerCase().match(/[a-z]{5,}/g) ?? []).filter((word) => !idle.has(word));
/** What names a drug itself, so that an allergy to it matches though no class of the table has it. */
const namesOf = (concepts: readonly (CodeableConcept | undefined)[]): ReadonlySet<string> => new Set(concepts.flatMap((concept) => [
  ...(concept?.coding ?? []).flatMap((coding) => (coding.code === undefined || systemOf(coding.system) === undefined ? [] : [`${systemOf(coding.system)} ${coding.code}`])), ...named(concept).flatMap(wordsIn)]));

function classesOf(concept: CodeableConcept | undefined): readonly string[] {
  const text = [concept?.text, ...(concept?.coding ?? []).map((coding) => coding.display)].join(' ');
  const codes = (concept?.coding ?? []).map((coding) => `${systemOf(coding.system)} ${coding.code}`);
  return patterns.filter((pattern) => pattern.words.test(text) || codes.some((code) => pattern.codes.has(code))).map((pattern) => pattern.name);
}
/** Of the drug as a whole and of what it is made of. */
const drugOf = (concepts: readonly (CodeableConcept | undefined)[]): Drug => ({ classes: concepts.flatMap(classesOf), names: namesOf(concepts) });
const drugIn = (medication: Partial<Medication>): Drug => drugOf([medication.code, ...(medication.ingredient ?? []).map((one) => one.itemCodeableConcept)]);
const named = (concept: CodeableConcept | undefined): readonly string[] => [concept?.text ?? '', ...(concept?.coding ?? []).map((coding) => coding.display ?? '')];
// SNOMED CT: no known food, environmental, latex or insect allergy; the first two are categories of FHIR.
const noneOfAKind: Readonly<Record<string, string>> = { '429625007': 'food', '428607008': 'environment', '1003774007': '', '428197003': '' };
const isActive = (allergy: Partial<AllergyIntolerance>): boolean => !hasCode(allergy.clinicalStatus, 'inactive', 'resolved')
  && !hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error');

export const allergyConflict = patientRule<State>({
  id: 'allergy-conflict', version: 3, category: 'atemporal plausibility', owner: 'documentation',
  title: 'The allergy list contradicts itself or an order', why: 'A patient may be given what harms them; whoever prescribes must look at it today.',
  sources: ['Joint Commission MM.01.01.01', 'AAAAI/ACAAI Drug Allergy Practice Parameter 2022'],
  reads: { AllergyIntolerance: ['code', 'clinicalStatus', 'verificationStatus', 'category', 'reaction'], Medication: ['code', 'ingredient'],
    MedicationRequest: ['status', 'intent', 'medicationCodeableConcept', 'medicationReference', 'doNotPerform', 'contained'] },
  start: () => ({ denied: [], allergies: [], orders: [], medications: new Map() }),
  step(state, entry) {
    if (entry.type === 'Medication') state.medications.set(entry.id, drugIn(entry.fields as Partial<Medication>));
    else if (entry.type === 'AllergyIntolerance') {
      const allergy = entry.fields as Partial<AllergyIntolerance>;
      if (!isActive(allergy)) return;
      const kind = allergy.code?.coding?.map((coding) => noneOfAKind[coding.code ?? '']).find((one) => one !== undefined);
      if (kind !== undefined) state.denied.push({ version: entry.version, kind });
      else if (hasCode(allergy.code, ...noKnown)) state.denied.push({ version: entry.version, kind: hasCode(allergy.code, '409137002') ? 'medication' : undefined });
      else if (named(allergy.code).some((text) => denial.test(text))) state.denied.push({ version: entry.version, kind: named(allergy.code).some((text) => /drug|medication|nkda/i.test(text)) ? 'medication' : undefined });
      // No latex allergy known says nothing of others; it is no allergy either.
      else if (!named(allergy.code).some((text) => /^no known/i.test(text))) {
        const own = drugOf([allergy.code, ...(allergy.reaction ?? []).map((reaction) => reaction.substance)]), categories = allergy.category ?? [];
        state.allergies.push({ ...own, version: entry.version, categories, drug: categories.includes('medication') || own.classes.length > 0 });
      }
    } else {
      const order = entry.fields as Partial<MedicationRequest>;
      if (order.status !== 'active' || order.doNotPerform === true || order.intent === 'proposal') return;
      const inside = order.contained?.find((one) => `#${one.id}` === order.medicationReference?.reference) as Partial<Medication> | undefined;
      state.orders.push({ version: entry.version, drug: inside === undefined ? drugOf([order.medicationCodeableConcept]) : drugIn(inside), medication: idOf(order.medicationReference, 'Medication') });
    }
  },
  end(state) {
    const said: Said[] = [];
    for (const { version, kind } of state.denied) {
      const against = state.allergies.filter((allergy) => kind === undefined || allergy.categories.includes(kind as 'food') || (kind === 'medication' && allergy.drug));
      if (against.length > 0) said.push(wrong('AllergyIntolerance.code', 'The list says that there are no known allergies, and an active allergy stands beside it.', { version, code: 'conflict',
        cause: 'no known allergies', evidence: against.map((allergy) => ({ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' as const })) }));
    }
    for (const order of state.orders) {
      const drug = order.medication === undefined ? order.drug : state.medications.get(order.medication);
      if (drug === undefined && state.allergies.some((allergy) => allergy.drug)) {
        said.push(unevaluated('MedicationRequest.medication', 'The ordered drug has not landed, so nobody can tell whether it matches an allergy.', { version: order.version }));
      }
      const shared = (one: Allergy): string | undefined => one.classes.find((name) => drug?.classes.includes(name));
      // By its own name or code, unless the allergy is said to be to food or to the surroundings.
      const same = (one: Allergy): boolean => (one.categories.length === 0 || one.categories.some((category) => category === 'medication' || category === 'biologic')) && drug !== undefined && [...one.names].some((name) => drug.names.has(name));
      const allergy = state.allergies.find((one) => shared(one) !== undefined) ?? state.allergies.find(same);
      if (allergy !== undefined) said.push(wrong('MedicationRequest.medication', 'An active order is for a drug that the patient has an active allergy to, or for one of its class.', { version: order.version, code: 'conflict',
        cause: shared(allergy) === undefined ? 'order of the drug itself' : `order of a drug of the class ${shared(allergy)}`, evidence: [{ version: allergy.version, expression: 'AllergyIntolerance.code', role: 'against' }] }));
    }
    return said;
  },
});

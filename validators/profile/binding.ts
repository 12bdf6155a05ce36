import { isAbsolute } from '../terminology/terminology.ts';
import type { CodeSystem } from '../terminology/code-system.ts';
import type { Membership } from '../terminology/value-set.ts';
import type { Site } from './base-source.ts';
import type { Checker, Options } from './checker.ts';
import type { Binding } from './element-tree.ts';
import { isObject, type JsonObject, type Statement } from './run.ts';

type Strength = Binding['strength'];
const severityOf = (strength: Strength): Statement['severity'] => (strength === 'required' ? 'error' : strength === 'extensible' ? 'warning' : 'information');
/** HL7's message numbers by strength: required, extensible, preferred. */
const number = (strength: Strength, of: readonly [number, number, number]): number => (strength === 'required' ? of[0] : strength === 'extensible' ? of[1] : of[2]);
const should = (strength: Strength): string => (strength === 'required' ? 'must' : 'should');

const noSystem: Statement = { rule: 'terminology-system', severity: 'warning', code: 'code-invalid', messageId: 'TERMINOLOGY_TX_SYSTEM_NO_CODE',
  says: 'A coding without a system has no defined meaning and cannot be checked; add its system.' };
const noSystemInConcept: Statement = { ...noSystem, code: 'invalid' };
const relativeSystem: Statement = { rule: 'terminology-system', severity: 'error', code: 'code-invalid', messageId: 'Terminology_TX_System_Relative',
  says: "A coding's system must be an absolute URI; give the whole URI of the code system." };
const relativeInConcept: Statement = { ...relativeSystem, code: 'invalid' };
const valueSetSystem: Statement = { rule: 'terminology-system', severity: 'error', code: 'invalid', messageId: 'Terminology_TX_System_ValueSet2',
  says: "A coding's system is a value set; it must name the code system that defines the code." };
const unknownCode: Statement = { rule: 'terminology-code', severity: 'error', code: 'code-invalid', messageId: 'Terminology_PassThrough_TX_Message',
  says: 'The code system does not define this code; correct the code or its system.' };
const noSystemHasIt: Statement = { ...unknownCode, code: 'not-found', messageId: 'UNABLE_TO_INFER_CODESYSTEM', says: 'No code system of the value set that is required here has this code; correct the code.' };
const noCode: Statement = { ...unknownCode, says: 'A coding that names a system needs a code from it; add the code.' };
const unknownSystem: Statement = { rule: 'terminology-system', severity: 'warning', code: 'not-found', messageId: 'Terminology_PassThrough_TX_Message', unevaluated: true,
  says: 'No loaded package has this code system, so the code was not checked; add a package that has it, or a terminology server.' };
const unknownUnbound: Statement = { ...unknownSystem, severity: 'information', code: 'unknown' };
const draft: Statement = { rule: 'terminology-system', severity: 'information', code: 'business-rule', messageId: 'MSG_DRAFT',
  says: 'The code system is a draft and may change; expect to check such codes again.' };
const supplement: Statement = { rule: 'terminology-system', severity: 'error', code: 'not-found', messageId: 'CODESYSTEM_CS_NO_SUPPLEMENT',
  says: "A coding's system is a supplement, which adds to a code system and defines no codes; name the code system itself." };
const badUnit: Statement = { rule: 'terminology-unit', severity: 'error', code: 'invalid', messageId: 'Terminology_PassThrough_TX_Message',
  says: 'The code is no UCUM unit; write the unit as UCUM does (https://ucum.org/ucum).' };
const wrongDisplay: Statement = { rule: 'terminology-display', severity: 'warning', code: 'invalid', messageId: 'Display_Name_for__should_be_one_of__instead_of',
  says: 'The display is none of those that the code system gives this code (in the language of the resource, where it names one); use one of them, or leave it to the code.' };
const otherLanguage: Statement = { ...wrongDisplay, severity: 'information', messageId: 'NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK',
  says: 'The display is the one of the code system, which has none in the language of the resource; readers of that language may not understand it.' };
const noneInLanguage: Statement = { ...wrongDisplay, messageId: 'NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR',
  says: 'The display is not the one that the code system gives this code, and it gives none in the language of the resource; use the one it gives, or leave it to the code.' };
const graded = (severity: Options['displays']) => ({ wrong: { ...wrongDisplay, severity }, 'wrong, none in its language': { ...noneInLanguage, severity } }) satisfies Record<string, Statement>;
const wrongDisplays = { warning: graded('warning'), error: graded('error') };


const ucum = 'http://unitsofmeasure.org';
const text = (value: unknown): string | undefined =>
  (typeof value === 'string' ? (value.length === 0 ? undefined : value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined);

/** A recommendation of the specification itself is not worth a finding; a profile's is. */
const isBases = (site: Site): boolean => !('over' in site);

const sayBinding = (checker: Checker, binding: Binding, of: readonly [number, number, number], suffix: string, what: string, site: Site): void => {
  const profile = site.source;
  if (binding.strength === 'preferred' && isBases(site)) return;
  checker.add({ rule: 'terminology-binding', severity: severityOf(binding.strength), code: 'code-invalid', messageId: `Terminology_TX_NoValid_${number(binding.strength, of)}${suffix}`,
    profile, says: `${what} not in the value set ${binding.valueSet!}, and ${should(binding.strength)} be; use a code from it.` });
};

const unevaluated = (checker: Checker, binding: Binding, profile: string): void => {
  if (binding.strength === 'preferred') return;
  checker.add({ rule: 'terminology-binding', severity: 'warning', code: 'code-invalid', messageId: 'Terminology_TX_ValueSet_NotFound', unevaluated: true, profile,
    says: `The value set ${binding.valueSet!} cannot be worked out from the loaded packages, so the code was not checked against it; add what it draws on, or a terminology server.` });
};

const isDraft = (system: CodeSystem | undefined): boolean => system?.status === 'draft' && system.content !== 'supplement';

/** Where a coding stands: the one of a Coding, one of a CodeableConcept's, or the unit of a Quantity. */
type Kind = 'coding' | 'concept' | 'quantity';

/** Where a CodeableConcept's coding, or a part of it, stands: texts made once for the few there ever are. */
const firstFew = (part: string): readonly string[] => Array.from({ length: 8 }, (_, i) => `.coding[${i}]${part}`);
const few = { '': firstFew(''), '.system': firstFew('.system'), '.display': firstFew('.display') } as const;
const inConcept = (index: number, part: keyof typeof few): string => few[part][index] ?? `.coding[${index}]${part}`;
const where = (concept: boolean, index: number, part: keyof typeof few): string => (concept ? inConcept(index, part) : part);

/** One coding by its own system; `index` is its place in a CodeableConcept. */
const checkCoding = (checker: Checker, coding: JsonObject, kind: Kind, bound: boolean, index = 0): void => {
  const { terminology } = checker.program;
  const system = text(coding['system']), code = text(coding['code']);
  const quantity = kind === 'quantity', concept = kind === 'concept';
  if (system === undefined) {
    if (code !== undefined && !quantity) checker.add(concept ? noSystemInConcept : noSystem, where(concept, index, ''));
    return;
  }
  if (code === undefined) {
    if (!isAbsolute(system)) sayRelative(checker, concept, index);
    else if (concept && terminology.codeSystem(system)?.content === 'complete') checker.add(noCode);
    return;
  }
  const answer = terminology.code(system, code);
  if (checker.options.hints && !quantity && system.startsWith('http://hl7.org/fhir/') && isDraft(terminology.codeSystem(system))) checker.add(draft);
  switch (answer) {
    case 'relative': return sayRelative(checker, concept, index);
    case 'invalid': return checker.add(system === ucum ? badUnit : unknownCode);
    case 'supplement': return checker.add(supplement, where(concept, index, '.system'));
    case 'value-set': return checker.add(valueSetSystem, where(concept, index, '.system'));
    case 'unknown': return checker.add(kind === 'coding' && !bound ? unknownUnbound : unknownSystem, where(concept, index, '.system'));
    default: {
      const display = text(coding['display']);
      if (display === undefined || quantity) return;
      const displayed = terminology.displayed(system, code, display, checker.holder.language);
      if (displayed === 'elsewhere') checker.add(otherLanguage, where(concept, index, '.display'));
      else if (displayed !== 'right') checker.add(wrongDisplays[checker.options.displays][displayed], where(concept, index, '.display'));
    }
  }
};
const sayRelative = (checker: Checker, concept: boolean, index: number): void => { 
  if (!concept) return checker.add(relativeSystem);
  checker.add(relativeInConcept, inConcept(index, '.system'));
  checker.add(unknownSystem, inConcept(index, '.system'));
};

const additional = (binding: Binding): string | undefined =>
  binding.extension?.find((e) => e.url.endsWith('elementdefinition-maxValueSet'))?.['valueCanonical'] as string | undefined;

/** Value sets of additional bindings that are required in every use: the R4 extension for what R5 calls binding.additional. */
const requiredToo = (binding: Binding): string[] => (binding.extension ?? []).filter((e) => /\/(additional-binding|extension-ElementDefinition\.binding\.additional)$/.test(e.url)).flatMap((e) => {
  const part = (name: string): unknown => { const found = e.extension?.find((x) => x.url === name); return found && Object.entries(found).find(([key]) => key.startsWith('value'))?.[1]; };
  const [purpose, valueSet] = [part('purpose'), part('valueSet')];
  return (purpose === 'required' || purpose === 'maximum') && typeof valueSet === 'string' && part('usage') === undefined ? [valueSet] : [];
});

/** Codes that a value set's own definition lets be though it does not list them: media types of expression languages, FHIRPath's types. */
const isOther = (valueSet: string, value: string): boolean =>
  (valueSet.includes('/expression-language') && /^[\w-]+\/[\w.+-]+$/.test(value)) || (valueSet.includes('/defined-types') && value.startsWith('http://hl7.org/fhirpath/System.'));

const beyond = (checker: Checker, most: string, messageId: string, profile: string): void => {
  checker.add({ rule: 'terminology-binding', severity: 'error', code: 'code-invalid', messageId, profile,
    says: `The code is not in the value set ${most}, beyond which no code is allowed here; use a code from it.` });
};

const member = (checker: Checker, valueSet: string, coding: JsonObject): Membership => {
  const system = text(coding['system']), code = text(coding['code']);
  if (code === undefined) return false;
  if (system !== undefined) return checker.program.terminology.has(valueSet, system, code);
  return checker.program.terminology.has(valueSet, undefined, code) === undefined ? undefined : false; // a code of no system is in no value set that can be worked out
};

const any = (checker: Checker, valueSet: string, codings: readonly JsonObject[]): Membership => {
  let result: Membership = false;
  for (const coding of codings) {
    const found = member(checker, valueSet, coding);
    if (found === true) return true;
    if (found === undefined) result = undefined;
  }
  return result;
};

const hasCode = (coding: unknown): boolean => text((coding as JsonObject)['code']) !== undefined;
const noObjects: readonly JsonObject[] = [];
const objects = (value: unknown): readonly JsonObject[] => (!Array.isArray(value) ? noObjects : all(value, isObject) ? value as JsonObject[] : value.filter(isObject));
/** As Array.every, of which V8 makes no loop where many call it. */
const all = <T>(list: readonly T[], is: (one: unknown) => boolean): boolean => {
  for (let i = 0; i < list.length; i++) if (!is(list[i])) return false;
  return true;
};

/** A `code` that must have a value of its own and has only extensions. */
export const noValue = (checker: Checker, profile: string): void => {
  checker.add({ rule: 'terminology-binding', severity: 'error', code: 'code-invalid', messageId: 'Terminology_TX_Code_ValueSet_MISSING', profile,
    says: 'A code from the required value set must be given here, and there are only extensions; add the code.' });
};

/** A coded value against the binding of its place: http://hl7.org/fhir/R4/terminologies.html#strength */
export const bind = (checker: Checker, value: unknown, site: Site): void => {
  const binding = site.node.definition.binding!;
  const { terminology } = checker.program;
  if (typeof value === 'string') {
    if (value === '' || !binding.valueSet) return;
    const found = terminology.has(binding.valueSet, undefined, value);
    if (found === false) {
      if (binding.strength === 'required' && site.type.code === 'code') checker.add(noSystemHasIt);
      if (!isOther(binding.valueSet, value)) sayBinding(checker, binding, [16, 17, 18], '', 'The value is', site);
    } else if (found === undefined && !/languages|mimetypes/.test(binding.valueSet)) unevaluated(checker, binding, site.source);
    const most = found === true ? undefined : additional(binding);
    if (most && binding.strength !== 'required' && terminology.has(most, undefined, value) === false) beyond(checker, most, 'Terminology_TX_NoValid_11', site.source);
    return;
  }
  if (!isObject(value)) {
    if (value === undefined && binding.strength === 'required' && site.type.code === 'code') noValue(checker, site.source);
    return;
  }
  const quantity = 'value' in value || (site.type.code !== 'Coding' && site.type.code !== 'CodeableConcept');
  const list: readonly JsonObject[] = site.type.code === 'CodeableConcept' ? objects(value['coding']) : [value];
  const concept = site.type.code === 'CodeableConcept';
  if (!('over' in site)) for (let i = 0; i < list.length; i++) checkCoding(checker, list[i]!, concept ? 'concept' : quantity ? 'quantity' : 'coding', true, i);
  if (binding.extension) for (const extra of requiredToo(binding)) {
    if (list.some((c) => text(c['code']) !== undefined) && any(checker, extra, list) === false) {
      checker.add({ rule: 'terminology-binding', severity: 'error', code: 'code-invalid', messageId: 'Terminology_TX_NoValid_1_CC', profile: site.source,
        says: `An additional binding asks for a code from the value set ${extra}; use one.` });
    }
  }
  if (binding.valueSet && binding.strength !== 'example') {
    const coded = all(list, hasCode) ? list : list.filter(hasCode);
    if (coded.length === 0) return noCodes(checker, binding, site, list.length);
    const found = any(checker, binding.valueSet, coded);
    if (found === undefined) unevaluated(checker, binding, site.source);
    else if (!found && !inferred(checker, binding.valueSet, site, value)) sayBinding(checker, binding, concept ? [1, 2, 3] : [12, 13, 14], concept ? '_CC' : '', concept ? 'The concept is' : 'The coding is', site);
    const max = additional(binding);
    if (max && binding.strength !== 'required' && coded.some((c) => text(c['system']) !== undefined) && any(checker, max, coded) === false) {
      beyond(checker, max, concept ? 'Terminology_TX_NoValid_7' : 'Terminology_TX_NoValid_6', site.source);
    }
  }
};

/** A concept or coding without any code. Of a value set that nobody has, no more is said than that, as HL7's engine does. */
const noCodes = (checker: Checker, binding: Binding, site: Site, codings: number): void => {
  const concept = site.type.code === 'CodeableConcept';
  const required = binding.strength === 'required';
  if (!required && !(concept && binding.strength === 'extensible')) return;
  if (!concept && site.type.code !== 'Coding') return;
  if (!checker.program.terminology.valueSet(binding.valueSet!)) unevaluated(checker, binding, site.source);
  else if (concept && codings === 0) {
    checker.add({ rule: 'terminology-binding', severity: severityOf(binding.strength), code: 'code-invalid', messageId: required ? 'Terminology_TX_Code_ValueSet' : 'Terminology_TX_Code_ValueSet_Ext', profile: site.source,
      says: `No code is given, and one from the value set ${binding.valueSet!} ${should(binding.strength)} be; add it.` });
  } else if (required) sayBinding(checker, binding, concept ? [1, 2, 3] : [12, 13, 14], concept ? '_CC' : '', concept ? 'The concept is' : 'The coding is', site);
};

/** Whose code a coding without a system means, the context may tell (http://hl7.org/fhir/R4/datatypes.html#Coding): that it has none is said already. */
const inferred = (checker: Checker, valueSet: string, site: Site, coding: JsonObject): boolean =>
  site.type.code === 'Coding' && text(coding['system']) === undefined && checker.program.terminology.has(valueSet, undefined, text(coding['code'])!) !== false;

/** A coding with no binding that counts: its code is checked in its own system. */
export const coded = (checker: Checker, value: unknown, site: Site): void => {
  if (!isObject(value)) return;
  if (site.type.code === 'Coding') checkCoding(checker, value, 'coding', false);
  else if (site.type.code !== 'CodeableConcept') checkCoding(checker, value, 'quantity', false);
  else if (Array.isArray(value['coding'])) {
    const codings = value['coding'] as readonly unknown[];
    for (let i = 0; i < codings.length; i++) { const coding = codings[i]; if (isObject(coding)) checkCoding(checker, coding, 'concept', false, i); }
  }
};

import type { Checker } from './checker.ts';
import { startingWith, type ElementDefinition } from './element-tree.ts';
import { same } from './fixed-value.ts';
import { isObject, word, type JsonObject, type Statement } from './run.ts';
import { isBindable } from './base-source.ts';
import { checkConstraints } from './constraint-expressions.ts';
import { checkFilterExpression } from './value-set-parameters.ts';

const say = (code: string, says: string, severity: Statement['severity'] = 'error'): Statement => ({ rule: 'profile-conformance-resource', severity, code, says });
const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isHl7 = (url: unknown): boolean => typeof url === 'string' && /^http:\/\/(hl7\.org|terminology\.hl7\.org)\//.test(url);

/** Properties the specification defines: http://hl7.org/fhir/R4/codesystem-concept-properties.html */
const standard: Readonly<Record<string, string>> = { inactive: 'boolean', deprecated: 'dateTime', deprecationDate: 'dateTime', notSelectable: 'boolean', parent: 'code', child: 'code', synonym: 'code', status: 'code', retirementDate: 'dateTime', effectiveDate: 'dateTime' };
const propertyBase = 'http://hl7.org/fhir/concept-properties#';

const hasCode = (concepts: readonly JsonObject[], code: string): boolean => concepts.some((c) => c['code'] === code || hasCode(list(c['concept']), code));

/** Dihedral multiplication and permutation of Verhoeff's check digit: http://snomed.org/release-file-spec (SCTID, check-digit). */
const dihedral = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210'];
const permutation = (() => {
  const rows = ['0123456789', '1576283094'];
  for (let i = 2; i < 8; i++) rows.push([...rows[i - 1]!].map((_, j) => rows[i - 1]![Number(rows[1]![j])]!).join(''));
  return rows;
})();
const isSnomedId = (id: string): boolean => /^\d{6,18}$/.test(id) && /^[01]0$/.test(id.slice(-3, -1))
  && [...id].reverse().reduce((check, digit, i) => Number(dihedral[check]![Number(permutation[i % 8]![Number(digit)])]), 0) === 0;

/** http://hl7.org/fhir/R4/codesystem.html */
export const checkCodeSystem = (checker: Checker, system: JsonObject): void => {
  const { content, count, caseSensitive, url } = system;
  const concepts = list(system['concept']);
  if (caseSensitive === undefined && content !== 'supplement' && system['supplements'] === undefined) checker.add(say('business-rule', 'A CodeSystem should state whether it is case sensitive; add caseSensitive.', isHl7(url) ? 'warning' : 'information'));
  const { supplements } = system;
  if (supplements !== undefined && content !== 'supplement') checker.add(say('business-rule', "A code system that supplements another has the content 'supplement'; say so."), '.content');
  const base = typeof supplements === 'string' ? checker.program.terminology.codeSystem(supplements.split('|')[0]!) : undefined;
  if (base?.content === 'complete') concepts.forEach((c, i) => { if (!base.find(word(c['code']))) checker.add(say('business-rule', 'A supplement defines no codes, and the code system it supplements does not have this one; correct it.'), `.concept[${i}]`); });
  const total = (all: readonly JsonObject[]): number => all.reduce((n, c) => n + 1 + total(list(c['concept'])), 0);
  const size = total(concepts);
  if (content === 'complete' && typeof count === 'number' && count !== size) checker.add(say('invalid', 'A complete CodeSystem holds as many concepts as its count says; correct one of them.'), '.count');
  if (content === 'complete' && concepts.length === 0) checker.add(say('business-rule', 'A complete CodeSystem has concepts; add them or say that the content is not present.', 'warning'));
  const [codes, uris] = [new Set<unknown>(), new Set<unknown>()];
  const types = new Map<unknown, unknown>();
  list(system['property']).forEach((property, i) => {
    const { code, uri, type } = property;
    const at = `.property[${i}]`;
    if (codes.has(code)) checker.add(say('business-rule', 'Another property has this code; give each its own.'), at);
    if (uri !== undefined && uris.has(uri)) checker.add(say('business-rule', 'Another property has this URI; give each its own.'), at);
    codes.add(code); uris.add(uri);
    if (!types.has(code)) types.set(code, type);
    const name = typeof uri === 'string' && uri.startsWith(propertyBase) ? uri.slice(propertyBase.length) : undefined;
    const byUri = name !== undefined && Object.hasOwn(standard, name) ? standard[name] : undefined;
    if (byUri !== undefined) {
      if (byUri !== type) checker.add(say('business-rule', `This URI names a standard property of type ${byUri}; give it that type.`), at);
      if (code !== name) checker.add(say('business-rule', `This URI names the standard property ${name!}; give it that code.`), at);
    } else if (typeof code === 'string' && Object.hasOwn(standard, code)) {
      checker.add(say('business-rule', `This is the code of the standard property ${code} without its URI; add the URI ${propertyBase}${code}.`, 'warning'), at);
      if (standard[code] !== type) checker.add(say('business-rule', `The standard property ${code} is of type ${standard[code]!}; give it that type.`, 'warning'), at);
    } else if (uri === undefined && checker.options.hints) checker.add(say('business-rule', 'A property without a uri means nothing to other systems; give the uri that defines it.', 'information'), at);
  });
  const undefinedConcept = concepts.findIndex((c) => c['definition'] === undefined);
  if (isHl7(url) && undefinedConcept >= 0 && content !== 'supplement') checker.add(say('business-rule', 'HL7 asks that each concept have a definition, and from this one on there is one without; add it.', 'warning'), `.concept[${undefinedConcept}]`);
  const language = system['language'] ?? 'en-US';
  concepts.forEach((concept, i) => {
    list(concept['designation']).forEach((designation, j) => {
      if (designation['use'] === undefined && (designation['language'] ?? language) === language) {
        checker.add(say('business-rule', 'A designation with no use, in the language of the code system, cannot be told from the display; give it a use or a language.', 'warning'), `.concept[${i}].designation[${j}]`);
      }
    });
    list(concept['property']).forEach((property, j) => {
      const value = Object.keys(property).find((k) => k.startsWith('value'))?.slice(5);
      const type = types.get(property['code']);
      const [, other] = Object.entries(property).find(([k]) => k.startsWith('value')) ?? [];
      if (property['code'] === 'synonym' && !hasCode(concepts, word(other))) checker.add(say('business-rule', 'A synonym names another code of the same code system; name one that it has.', 'warning'), `.concept[${i}].property[${j}]`);
      const given = value === undefined ? undefined : value[0]!.toLowerCase() + value.slice(1);
      if (type === undefined) checker.add(say('business-rule', 'CodeSystem.property does not define this property; define it.', 'warning'), `.concept[${i}].property[${j}]`);
      else if (given !== undefined && given !== (type === 'Coding' ? 'coding' : type)) checker.add(say('business-rule', 'This property is defined to be of another type; give a value of that type.'), `.concept[${i}].property[${j}]`);
    });
  });
};

/** http://hl7.org/fhir/R4/valueset.html */
export const checkValueSet = (checker: Checker, set: JsonObject): void => {
  const compose = set['compose'];
  if (!isObject(compose)) return;
  for (const part of ['include', 'exclude']) {
    list(compose[part]).forEach((include, i) => {
      const at = `.compose.${part}[${i}]`;
      const { system } = include;
      if (typeof system === 'string' && system !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) checker.add(say('invalid', "A value set's system must be an absolute URI; give the whole URI of the code system."), at);
      if (typeof system === 'string') list(include['concept']).forEach((concept, j) => {
        const code = word(concept['code']);
        if (checker.program.terminology.code(system, code) === 'invalid' || (system === 'http://snomed.info/sct' && /^\w+$/.test(code) && !isSnomedId(code))) checker.add(say('business-rule', 'The code system does not have this code; correct it.'), `${at}.concept[${j}]`);
      });
      const loaded = typeof system === 'string' ? checker.program.catalog.definitions.get('CodeSystem', system) : undefined;
      list(include['filter']).forEach((filter, j) => {
        const property = list(loaded?.['property']).find((p) => p['code'] === filter['property']);
        const { value } = filter;
        if (value === undefined) checkFilterExpression(checker, set, filter, `${at}.filter[${j}]`);
        const type = property?.['type'] ?? (filter['property'] === 'notSelectable' || filter['property'] === 'inactive' ? 'boolean' : undefined);
        const below = `${at}.filter[${j}]`;
        if (loaded && type === 'boolean' && filter['op'] === '=' && value !== undefined && value !== 'true' && value !== 'false') checker.add(say('invalid', 'A filter on a boolean property is true or false; write one of them.'), below);
        if (loaded && type === 'Coding' && typeof value === 'string') {
          const [, named, code] = /^([^#\s]+)#(\S+)$/.exec(value) ?? [];
          if (named === undefined || code === undefined) checker.add(say('invalid', 'A filter on a property of type Coding is written system#code; write it so.'), below);
          else if (checker.program.terminology.code(named, code) === 'invalid') checker.add(say('invalid', 'A filter names a code that its code system does not have; correct it.'), below);
        }
        if (loaded && loaded['content'] !== 'not-present' && type === undefined && !['concept', 'code', 'display', 'status', 'inactive', 'effectiveDate', 'deprecationDate', 'retirementDate', 'notSelectable'].includes(word(filter['property'])) && !list(loaded['filter']).some((f) => f['code'] === filter['property'])) {
          checker.add(say('invalid', 'The code system does not define this property; filter by one that it has.', 'warning'), below);
        }
        if (system === 'http://snomed.info/sct' && filter['property'] === 'constraint' && filter['op'] === '=' && typeof value === 'string' && !isEcl(value)) checker.add(say('invalid', 'The filter is no SNOMED CT expression constraint (ECL); correct it.'), below);
        if (system === 'http://snomed.info/sct' && isSnomedId(word(filter['property'])) && !['=', 'in', 'exists'].includes(word(filter['op']))) checker.add(say('invalid', 'An attribute of SNOMED CT is filtered by = or in only; use one of them.'), below);
        if (system === 'http://snomed.info/sct' && /^\d+$/.test(word(filter['property'])) && !isSnomedId(word(filter['property']))) checker.add(say('invalid', 'The property is no identifier of SNOMED CT: its check digit is wrong; correct it.', 'warning'), below);
        if (system === 'http://snomed.info/sct' && filter['property'] === 'concept' && typeof value === 'string' && !/^\d{6,18}$/.test(value)) checker.add(say('invalid', 'A SNOMED CT concept is named by its identifier of 6 to 18 digits; give it.'), below);
      });
    });
  }
};

/** The outline of ECL: operands (`<< 123`, `^ 123`, `*`, a group) joined by AND, OR, MINUS, comma, with refinements. */
const isEcl = (value: string): boolean => {
  const tokens = value.match(/\|[^|]*\||<<!|<<|<!|<|>>!|>>|>!|>|!!>|!!<|\^|\*|\d+|[(){}:,=.[\]]|!=|"[^"]*"|\w+|\S/g) ?? [];
  let operand = false;
  for (const token of tokens) {
    if (token.startsWith('|')) continue;
    if (/^\d+$/.test(token) || token === '*') { if (operand) return false; operand = true; } else if (/^(AND|OR|MINUS|,|:|=|!=|\.|\(|\{|\[|\.\.|in)$/i.test(token)) operand = false;
    else if (/^(<<!|<<|<!|<|>>!|>>|>!|>|!!>|!!<|\^)$/.test(token)) { if (operand) return false; }
  }
  return tokens.length > 0;
};

/** http://hl7.org/fhir/R4/capabilitystatement.html: a search parameter has the type that its definition gives. */
export const checkCapabilityStatement = (checker: Checker, statement: JsonObject): void => {
  list(statement['rest']).forEach((rest, i) => list(rest['resource']).forEach((resource, j) => list(resource['searchParam']).forEach((parameter, k) => {
    const { definition, type } = parameter;
    const found = typeof definition === 'string' ? checker.program.catalog.definitions.get('SearchParameter', definition) : undefined;
    if (found && found['type'] !== type) checker.add(say('invalid', 'The type is not that of the search parameter named as definition; correct one of them.'), `.rest[${i}].resource[${j}].searchParam[${k}]`);
  })));
};

/** http://hl7.org/fhir/R4/structuredefinition.html: a differential must name elements that its base has. */
export const checkStructureDefinition = (checker: Checker, structure: JsonObject): void => {
  const { baseDefinition, derivation, type } = structure;
  list(structure['context']).forEach((context, i) => {
    if (type === 'Extension' && context['type'] === 'element' && context['expression'] === 'Element') checker.add(say('business-rule', 'An extension for every element (context Element) is seldom meant; name the elements it belongs to.', 'warning'), `.context[${i}]`);
  });
  const differential = isObject(structure['differential']) ? list(structure['differential']['element']) : [];
  if (derivation !== 'constraint' || typeof baseDefinition !== 'string' || differential.length === 0) return;
  const base = checker.program.catalog.structure(baseDefinition);
  if (!base) {
    checker.add({ ...say('not-found', 'The base of this structure is not loaded, so its differential was not checked; add the package that has it.', 'warning'), unevaluated: true });
    return;
  }
  if (structure['kind'] !== base.kind) checker.add({ ...say('invalid', 'A profile is of the same kind as what it constrains, and this one is of another; correct kind or baseDefinition.'), messageId: 'SD_DERIVATION_KIND_MISMATCH' });
  checkConstraints(checker, structure);
  let unmatched = false;
  differential.forEach((element, i) => {
    const path = element['path'];
    if (typeof path !== 'string') return;
    const names = path.split('.').slice(1);
    let at = base.root;
    let lost = path.split('.')[0] !== base.type;
    for (const name of names) {
      const next = checker.program.catalog.child(at, name.replace(/\[x\]$/, '')) ?? at.children.find((c) => c.choice && c.types.some((t) => c.name + t.code[0]!.toUpperCase() + t.code.slice(1) === name));
      if (!next) { lost = true; break; }
      at = next;
    }
    if (lost) { unmatched = true; checker.add(say('value', 'The base has no element of this path; correct the path.'), `.differential.element[${i}]`); }
    const [fixed, before] = [startingWith(element as ElementDefinition, 'fixed'), lost ? undefined : at.fixed];
    if (fixed && before && !same(fixed.value, before.value)) checker.add(say('value', 'The base fixes another value here, and a profile can only narrow; keep that value.'), `.differential.element[${i}]`);
    list(element['type']).forEach((t, j) => (Array.isArray(t['profile']) ? t['profile'] : []).forEach((p: unknown, n: number) => {
      const found = typeof p === 'string' ? checker.program.catalog.structure(p) : undefined;
      if (found && typeof t['code'] === 'string' && t['code'] !== 'Resource' && t['code'] !== 'Element' && t['code'] !== 'BackboneElement' && found.type !== t['code']) checker.add(say('exception', 'The profile is of another type than the element; name a profile of its type.'), `.differential.element[${i}].type[${j}].profile[${n}]`);
    }));
    const types = list(element['type']).map((t) => word(t['code'])); // without types of its own it may: eld-11
    if (element['binding'] !== undefined && types.length > 0 && !types.some((t) => isBindable(t) || t === 'Extension')) checker.add(say('business-rule', 'None of the types of this element is coded, so it can have no binding; remove the binding.'), `.differential.element[${i}]`);
  });
  if (unmatched) checker.add(say('value', 'The differential has elements that the base does not have; correct their paths.'));
};

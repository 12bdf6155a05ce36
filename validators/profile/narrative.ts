import { parseNarrative, xhtml } from './narrative-parse.ts';
import type { Misplaced } from './narrative-structure.ts';
import { containerOf } from './reference.ts';
import { isObject, type JsonObject, type Run, type Statement } from './run.ts';

const say = (messageId: string, says: string): Statement => ({ rule: 'profile-narrative', severity: 'error', code: 'invalid', messageId, says });
const malformed = say('Error_parsing_XHTML', 'The narrative is no well-formed XHTML; close every element and quote every attribute.');
const wrongNamespace = say('XHTML_XHTML_NS_InValid', `The narrative's div must state the XHTML namespace: xmlns="${xhtml}".`);
const badElement = say('XHTML_XHTML_Element_Illegal', 'The narrative uses an HTML element that FHIR does not allow; keep to text, lists, tables, images and links.');
const badAttribute = say('XHTML_XHTML_Attribute_Illegal', 'The narrative uses an attribute that FHIR does not allow (scripts and event handlers are not); remove it.');
const noDiv = say('XHTML_XHTML_Name_Invalid', 'The narrative must be one div element; wrap its content in a div.');
const badEntity = say('XHTML_XHTML_Entity_Illegal', 'The narrative uses a named entity that XML does not know; write the character itself.');
const doctype = say('XHTML_XHTML_DocType_ILLEGAL', 'The narrative must not have a document type or processing instruction; remove it.');
const txt1: Statement = { rule: 'profile-invariant/txt-1', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-1',
  says: 'The narrative may hold only basic HTML formatting elements and attributes; remove the others.' };
const txt2: Statement = { rule: 'profile-invariant/txt-2', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-2',
  says: 'The narrative needs some text or an image; fill it or leave the narrative out.' };

const misplaced: Readonly<Record<Misplaced, Statement>> = {
  place: { ...say('XHTML_XHTML_OUT_OF_PLACE', 'An HTML element or text stands where HTML does not allow it, such as li outside ul, or text right in a table; move it.'), code: 'structure' },
  'block-in-text': { ...say('XHTML_XHTML_BLOCK_IN_PARA', 'A block (div, pre, table, ul, ol) stands inside a paragraph or text element; close that one first.'), code: 'structure' },
  'block-in-paragraph': say('XHTML_XHTML_ELEMENT_ILLEGAL_IN_PARA', 'A block stands inside a paragraph; close the paragraph first.'),
  recursion: { ...say('XHTML_XHTML_NO_RECURSION', 'A text element stands within one of its own kind; close the outer one first.'), code: 'structure' },
};
const unresolved = say('Type_Specific_Checks_DT_XHTML_Resolve', 'A link leads to an anchor that is nowhere in this resource; add the anchor or correct the link.');

const deadLink = say('TYPE_SPECIFIC_CHECKS_DT_XHTML_LITERAL_HREF', 'A link leads to a name (urn, cid) and not to a place; link to a URL, or to an anchor in the narrative.');
const otherLanguage: Statement = { ...say('LANGUAGE_XHTML_LANG_DIFFERENT1', "The narrative should state the language of the resource, in lang and xml:lang of its div; add both, as the resource's language has it."), severity: 'warning', code: 'business-rule' };

type Judged = { readonly statements: readonly Statement[]; /** Fragments that no anchor of the narrative is for. */ readonly open: readonly string[]; readonly lang: string | undefined; readonly xmlLang: string | undefined };

const judge = (v: string): Judged => {
  const p = parseNarrative(v);
  if (!p.wellFormed) return { statements: [malformed], open: [], lang: undefined, xmlLang: undefined };
  const out: Statement[] = [];
  if (p.doctype) out.push(doctype);
  if (p.root !== 'div') out.push(noDiv);
  if (p.rootNamespace !== xhtml) out.push(wrongNamespace);
  if (p.badElements) out.push(badElement);
  if (p.badAttributes) out.push(badAttribute);
  if (p.entity) out.push(badEntity);
  if (p.deadLink) out.push(deadLink);
  for (const m of p.misplaced) out.push(misplaced[m]);
  if (p.badElements || p.badAttributes || p.root !== 'div') out.push(txt1);
  if (!p.content) out.push(txt2);
  return { statements: out, open: [...p.fragments].filter((f) => !p.anchors.has(f)), lang: p.lang, xmlLang: p.xmlLang };
};

/** Ids of elements and resources, and the anchors of narratives: what `#…` in a narrative may lead to. */
const anchorsIn = (value: unknown, out: Set<string>): Set<string> => {
  if (Array.isArray(value)) for (const item of value) anchorsIn(item, out);
  else if (isObject(value)) {
    for (const key in value) {
      const item = value[key];
      if (typeof item !== 'string') anchorsIn(item, out);
      else if (key === 'id') out.add(item);
      else if (key === 'div') for (const anchor of parseNarrative(item).anchors) out.add(anchor);
    }
  }
  return out;
};
const anchors = new WeakMap<JsonObject, ReadonlySet<string>>();

/** Narrative.div: http://hl7.org/fhir/R4/narrative.html, with txt-1 and txt-2. */
export const xhtmlFindings = (run: Run, v: string): void => {
  const { statements, open, lang, xmlLang } = judge(v);
  for (const statement of statements) run.add(statement);
  const { language } = run.holder.resource;
  if (typeof language === 'string' && statements[0] !== malformed && (lang !== language || xmlLang !== language)) run.addAtResource(otherLanguage);
  if (open.length === 0) return;
  const container = containerOf(run.holder);
  let known = anchors.get(container);
  if (!known) anchors.set(container, known = anchorsIn(container, new Set()));
  if (open.some((fragment) => !known.has(fragment))) run.add(unresolved);
};

import type { Run, Statement } from './run.ts';

/** Elements that a narrative may hold: http://hl7.org/fhir/R4/narrative.html#xhtml */
const elements = new Set(('p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd '
  + 'sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area ins del s u nbsp').split(' '));
const attributes = new Set(('title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan '
  + 'xmlns cite border cellpadding cellspacing summary frame rules name href rel rev type charset hreflang src alt longdesc height usemap ismap shape coords '
  + 'start value compact clear size noshade datetime target').split(' '));
const namespace = 'http://www.w3.org/1999/xhtml';

const say = (messageId: string, says: string): Statement => ({ rule: 'profile-narrative', severity: 'error', code: 'invalid', messageId, says });
const malformed = say('Error_parsing_XHTML', 'The narrative is no well-formed XHTML; close every element and quote every attribute.');
const wrongNamespace = say('XHTML_XHTML_NS_InValid', `The narrative's div must state the XHTML namespace: xmlns="${namespace}".`);
const badElement = say('XHTML_XHTML_Element_Illegal', 'The narrative uses an HTML element that FHIR does not allow; keep to text, lists, tables, images and links.');
const badAttribute = say('XHTML_XHTML_Attribute_Illegal', 'The narrative uses an attribute that FHIR does not allow (scripts and event handlers are not); remove it.');
const noDiv = say('XHTML_XHTML_Name_Invalid', 'The narrative must be one div element; wrap its content in a div.');
const badEntity = say('XHTML_XHTML_Entity_Illegal', 'The narrative uses a named entity that XML does not know; write the character itself.');
const doctype = say('XHTML_XHTML_DocType_ILLEGAL', 'The narrative must not have a document type or processing instruction; remove it.');
const txt1: Statement = { rule: 'profile-invariant/txt-1', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-1',
  says: 'The narrative may hold only basic HTML formatting elements and attributes; remove the others.' };
const txt2: Statement = { rule: 'profile-invariant/txt-2', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-2',
  says: 'The narrative needs some text or an image; fill it or leave the narrative out.' };

const names = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

type Parsed = { wellFormed: boolean; root: string; rootNamespace: string | undefined; badElements: boolean; badAttributes: boolean; content: boolean; entity: boolean; doctype: boolean };

/** One pass, no tree: hostile nesting costs a stack of names. */
const parse = (s: string): Parsed => {
  const out: Parsed = { wellFormed: false, root: '', rootNamespace: undefined, badElements: false, badAttributes: false, content: false, entity: false, doctype: false };
  const open: string[] = [];
  let i = 0, closed = false;
  const tag = /<([A-Za-z_:][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
  const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  while (i < s.length) {
    const at = s.indexOf('<', i);
    const text = s.slice(i, at < 0 ? s.length : at);
    if (text !== '') {
      if (text.trim() !== '') {
        if (open.length === 0) return out;
        out.content ||= text.replace(/&nbsp;|&#160;|&#xa0;/gi, ' ').trim() !== '';
      }
      for (const e of text.matchAll(/&(?:#\d+|#[xX][0-9a-fA-F]+|(\w+));|&/g)) {
        if (e[0] === '&') return out;
        if (e[1] !== undefined && !names.has(e[1])) out.entity = true;
      }
    }
    if (at < 0) break;
    i = at;
    if (s.startsWith('<!--', i)) {
      const end = s.indexOf('-->', i + 4);
      if (end < 0) return out;
      i = end + 3;
    } else if (s.startsWith('<!', i) || s.startsWith('<?', i)) {
      if (!s.startsWith('<?xml', i)) out.doctype = true;
      const end = s.indexOf('>', i);
      if (end < 0) return out;
      i = end + 1;
    } else if (s.startsWith('</', i)) {
      const end = s.indexOf('>', i);
      if (end < 0 || open.pop() !== s.slice(i + 2, end).trim()) return out;
      if (open.length === 0) closed = true;
      i = end + 1;
    } else {
      tag.lastIndex = i;
      const m = tag.exec(s);
      if (!m || closed) return out;
      const name = m[1]!;
      if (open.length === 0) out.root = name;
      if (!elements.has(name)) out.badElements = true;
      if (name === 'img') out.content = true;
      for (const a of m[2]!.matchAll(attribute)) {
        const key = a[1]!;
        if (key === 'xmlns' && open.length === 0) out.rootNamespace = a[2] ?? a[3] ?? '';
        if (!attributes.has(key) && !key.startsWith('xmlns:')) out.badAttributes = true;
        if ((key === 'href' || key === 'src') && /^\s*javascript:/i.test(a[2] ?? a[3] ?? '')) out.badAttributes = true;
      }
      i = tag.lastIndex;
      if (m[3] !== '/') open.push(name);
      else if (open.length === 0) closed = true;
    }
  }
  out.wellFormed = open.length === 0 && closed;
  return out;
};

const judge = (v: string): Statement[] => {
  const p = parse(v);
  if (!p.wellFormed) return [malformed];
  const out: Statement[] = [];
  if (p.doctype) out.push(doctype);
  if (p.root !== 'div') out.push(noDiv);
  if (p.rootNamespace !== namespace) out.push(wrongNamespace);
  if (p.badElements) out.push(badElement);
  if (p.badAttributes) out.push(badAttribute);
  if (p.entity) out.push(badEntity);
  if (p.badElements || p.badAttributes || p.root !== 'div') out.push(txt1);
  if (!p.content) out.push(txt2);
  return out;
};

/** Narrative.div: http://hl7.org/fhir/R4/narrative.html, with txt-1 and txt-2. */
export const xhtmlFindings = (run: Run, v: string): void => {
  for (const statement of judge(v)) run.add(statement);
};

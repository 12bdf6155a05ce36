import { misplaced, type Misplaced } from './narrative-structure.ts';

/** Elements that a narrative may hold: http://hl7.org/fhir/R4/narrative.html#xhtml */
const elements = new Set(('p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd '
  + 'sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area ins del s u nbsp').split(' '));
const attributes = new Set(('title style class id lang xml:lang xml:space dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan '
  + 'xmlns cite border cellpadding cellspacing summary frame rules name href rel rev type charset hreflang src alt longdesc height usemap ismap shape coords '
  + 'start value compact clear size noshade datetime target').split(' '));

export type ParsedNarrative = {
  wellFormed: boolean; root: string; rootNamespace: string | undefined; badElements: boolean; badAttributes: boolean; content: boolean; entity: boolean; doctype: boolean;
  /** A link to what is no place, such as a urn. */
  deadLink: boolean;
  /** `lang` and `xml:lang` of the outermost div, or of the first div in it that has one. */
  lang: string | undefined; xmlLang: string | undefined;
  readonly misplaced: Set<Misplaced>;
  /** Ids and names of anchors; fragments that links and images lead to. */
  readonly anchors: Set<string>; readonly fragments: Set<string>;
};

const entities = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

export const xhtml = 'http://www.w3.org/1999/xhtml';

/** Blanks written as entities. */
const blank = /&nbsp;|&#0*(?:9|10|13|32|160);|&#x0*(?:9|a|d|20|a0);/gi;

/** One pass, no tree: hostile nesting costs a stack of names. */
export const parseNarrative = (s: string): ParsedNarrative => {
  const out: ParsedNarrative = { wellFormed: false, root: '', rootNamespace: undefined, badElements: false, badAttributes: false, content: false, entity: false, doctype: false, deadLink: false, lang: undefined, xmlLang: undefined,
    misplaced: new Set(), anchors: new Set(), fragments: new Set() };
  const open: string[] = [];
  let i = 0, closed = false;
  /** `x:` where the outermost element binds x to the XHTML namespace. */
  let prefix = '';
  const plain = (name: string): string => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const tag = /<([A-Za-z_:][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
  const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  const place = (name: string | undefined): void => {
    if (open.length <= 64) for (const m of misplaced(open, name)) out.misplaced.add(m);
  };
  const oneAttribute = (element: string, key: string, value: string): void => {
    if (key === 'xmlns' && open.length === 0) out.rootNamespace = value;
    if (!attributes.has(key) && !key.startsWith('xmlns:')) out.badAttributes = true;
    if ((key === 'href' || key === 'src') && /^\s*(javascript|vbscript):/i.test(value)) out.badAttributes = true;
    if (key === 'id' || (key === 'name' && element === 'a')) out.anchors.add(value);
    if (open.length === 0 || (open.length === 1 && element === 'div')) { if (key === 'lang') out.lang ??= value; else if (key === 'xml:lang') out.xmlLang ??= value; }
    if (key === 'href' && element === 'a' && /^(urn|cid):/i.test(value)) out.deadLink = true;
    if (((key === 'href' && element === 'a') || (key === 'src' && element === 'img')) && value.startsWith('#') && value.length > 1) out.fragments.add(value.slice(1));
  };
  while (i < s.length) {
    const at = s.indexOf('<', i);
    const text = s.slice(i, at < 0 ? s.length : at);
    if (text !== '') {
      if (text.trim() !== '') {
        if (open.length === 0) return out;
        const filled = text.replace(blank, ' ').trim() !== '';
        if (filled) place(undefined);
        out.content ||= filled;
      }
      for (const e of text.matchAll(/&(?:#\d+|#[xX][0-9a-fA-F]+|(\w+));|&/g)) {
        if (e[0] === '&') return out;
        if (e[1] !== undefined && !entities.has(e[1])) out.entity = true;
      }
    }
    if (at < 0) break;
    i = at;
    if (s.startsWith('<!--', i)) {
      const end = s.indexOf('-->', i + 4);
      if (end < 0) return out;
      i = end + 3;
    } else if (s.startsWith('<!', i) || s.startsWith('<?', i)) {
      if (s.startsWith('<!', i)) out.doctype = true;
      const end = s.indexOf('>', i);
      if (end < 0) return out;
      i = end + 1;
    } else if (s.startsWith('</', i)) {
      const end = s.indexOf('>', i);
      if (end < 0 || open.pop() !== plain(s.slice(i + 2, end).trim())) return out;
      if (open.length === 0) closed = true;
      i = end + 1;
    } else {
      tag.lastIndex = i;
      const m = tag.exec(s);
      if (!m || closed) return out;
      if (open.length === 0) {
        const [bound] = m[1]!.split(':');
        if (bound !== m[1] && new RegExp(`xmlns:${bound!.replaceAll('.', '\\.')}\\s*=\\s*["']${xhtml}["']`).test(m[2]!)) { prefix = `${bound!}:`; out.rootNamespace = xhtml; }
      }
      const name = plain(m[1]!);
      if (open.length === 0) out.root = name;
      if (!elements.has(name)) out.badElements = true;
      if (name === 'img') out.content = true;
      place(name);
      for (const a of m[2]!.matchAll(attribute)) oneAttribute(name, a[1]!, a[2] ?? a[3] ?? '');
      i = tag.lastIndex;
      if (m[3] !== '/') open.push(name);
      else if (open.length === 0) closed = true;
    }
  }
  out.wellFormed = open.length === 0 && closed;
  return out;
};

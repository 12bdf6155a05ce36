/**
 * The rules of Narrative.div: http://hl7.org/fhir/R4/narrative.html#xhtml (txt-1, txt-2).
 * One pass over the text, no tree: `wellFormed` (XML with one div in XHTML's namespace), `allowed`
 * (only the formatting elements and attributes listed there), `hasContent` (text or an image).
 */
export type XhtmlJudgement = { readonly wellFormed: boolean; readonly allowed: boolean; readonly hasContent: boolean };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const elements = words(
  'a abbr acronym address b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li map area ol p pre q s samp small span strong strike sub sup table tbody td tfoot th thead tr tt u ul var font center bdo',
);
const attributes = words(
  'title style class id lang xml:lang xml:space dir accesskey tabindex xmlns span width align valign char charoff abbr axis headers scope rowspan colspan border cellpadding cellspacing frame rules summary href name rel rev hreflang type charset shape coords src alt longdesc height usemap ismap cite datetime start value compact clear noshade size nowrap bgcolor color face target nohref',
);
const entities = /&(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);/y;
const run = /[^<&]+/y;
// One tag; an attribute value holds no < and its quotes are paired, so no part can be read two ways.
const tag = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([A-Za-z_:][\w:.-]*)\s*=\s*("[^"]*"|'[^']*')/g;
const namespace = 'http://www.w3.org/1999/xhtml';
const refused: XhtmlJudgement = { wellFormed: false, allowed: false, hasContent: false };

export const judgeXhtml = (source: string): XhtmlJudgement => {
  const text = source.trim();
  const open: string[] = [];
  let allowed = true;
  let hasContent = false;
  let at = 0;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === 60) {
      if (text.startsWith('<!--', at)) {
        const end = text.indexOf('-->', at + 4);
        if (end < 0 || open.length === 0) return refused;
        at = end + 3;
        continue;
      }
      tag.lastIndex = at;
      const match = tag.exec(text);
      if (!match) return refused;
      const [whole, closing, name = '', given = '', empty] = match;
      if (closing) {
        if (open.pop() !== name || given !== '' || empty) return refused;
        at += whole.length;
        if (open.length === 0) break;
        continue;
      }
      const names = new Set<string>();
      let namespaced = open.length > 0;
      for (const [, key = '', quoted = ''] of given.matchAll(attribute)) {
        if (names.has(key)) return refused;
        names.add(key);
        const value = quoted.slice(1, -1);
        if (key === 'xmlns') {
          namespaced = value === namespace;
          if (!namespaced) allowed = false;
        } else if (!attributes.has(key) || /^\s*javascript:/i.test(value)) allowed = false;
      }
      if (open.length === 0 && (name !== 'div' || at !== 0)) return refused;
      if (!namespaced || !elements.has(name)) allowed = false;
      if (name === 'img') hasContent = true;
      at += whole.length;
      if (!empty) open.push(name);
      else if (open.length === 0) break;
    } else if (open.length === 0) return refused;
    else if (character === 38) {
      entities.lastIndex = at;
      const entity = entities.exec(text);
      if (!entity) return refused;
      hasContent = true;
      at += entity[0].length;
    } else {
      run.lastIndex = at;
      const plain = run.exec(text)?.[0] ?? '';
      hasContent ||= /[^\s\u00a0]/.test(plain);
      at += plain.length;
    }
  }
  return open.length === 0 && at === text.length && at > 0 ? { wellFormed: true, allowed, hasContent } : refused;
};

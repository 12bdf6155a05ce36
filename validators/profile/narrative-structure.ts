/**
 * Where XHTML elements of a narrative may stand, as far as FHIR's subset goes:
 * http://hl7.org/fhir/R4/narrative.html#xhtml, https://www.w3.org/TR/xhtml1/dtds.html (strict).
 */
const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const table = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> => new Map(Object.entries(rows).map(([name, names]) => [name, set(names)]));

const children = table({
  table: 'tbody tr caption thead tfoot col colgroup', tr: 'td th', tbody: 'tr', thead: 'tr', tfoot: 'tr', ul: 'li', ol: 'li', dl: 'dd dt', map: 'area',
  br: '', img: '', hr: '', area: '',
});
const parents = table({
  tr: 'table thead tfoot tbody', tbody: 'table', thead: 'table', tfoot: 'table', caption: 'table', colgroup: 'table', col: 'colgroup table',
  th: 'tr thead tfoot', td: 'tr thead tfoot', li: 'ul ol', dd: 'dl', dt: 'dl',
});
const inline = set('a b em i strong small big sub sup code tt dfn q var abbr acronym cite bdo kbd samp');
const textual = new Set([...inline, ...set('p h1 h2 h3 h4 h5 h6 pre address span caption dd dt')]);
const blocks = set('div pre table ul ol');
const blocksOfParagraph = set('div blockquote table ol ul p');

export type Misplaced = 'place' | 'block-in-text' | 'block-in-paragraph' | 'recursion';

/** Why an element may not be opened (or text stand, `name` undefined) within those that are open, outermost first. */
export const misplaced = (open: readonly string[], name: string | undefined): readonly Misplaced[] => {
  const parent = open.at(-1);
  if (parent === undefined) return [];
  const out: Misplaced[] = [];
  if (open.length > 1 && children.get(parent)?.has(name ?? '') === false) out.push('place');
  if (name === undefined) return out;
  if (parents.get(name)?.has(parent) === false) out.push('place');
  // From 1: the outermost is the div.
  if (blocks.has(name) && open.some((o, i) => i > 0 && textual.has(o))) out.push('block-in-text');
  if (blocksOfParagraph.has(name) && open.includes('p', 1)) out.push('block-in-paragraph');
  if (inline.has(name) && open.includes(name, 1)) out.push('recursion');
  return out;
};

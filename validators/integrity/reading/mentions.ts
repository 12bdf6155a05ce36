import table from '../../../fhir-profiles/knowledge/context-triggers.json' with { type: 'json' };
import { namesByFirstWord, wordsOf, type Concept } from './concepts.ts';
import type { Section, Sentence } from './note-text.ts';

/** What a note says of a concept: ConText's answers, the strongest reason against it first. */
export type Mention = {
  readonly concept: Concept;
  readonly status: 'affirmed' | 'negated' | 'uncertain' | 'family' | 'historical' | 'resolved' | 'hypothetical';
  readonly section: Section;
  /** `left`, `right` or `bilateral` beside it in the sentence. */
  readonly side: string | undefined;
};

type Trigger = { readonly words: readonly string[]; readonly sets: string; readonly where: string };
type Hit = { readonly from: number; readonly to: number; readonly trigger: Trigger };

const triggers = new Map<string, Trigger[]>();
for (const row of table.rows) {
  const words = wordsOf(row.words);
  const first = words[0] ?? '';
  triggers.set(first, [...(triggers.get(first) ?? []), { words, sets: row.sets, where: row.where }].sort((a, b) => b.words.length - a.words.length));
}

const sides = new Set(['left', 'right', 'bilateral']);
// Words from a trigger to what it still reaches: a list of denied symptoms is long, a sentence that turns is cut by a stop.
const reach = 12;
const order = ['family', 'negated', 'hypothetical', 'uncertain', 'historical', 'resolved'] as const;

function startsAt(words: readonly string[], at: number, wanted: readonly string[]): boolean {
  for (let index = 0; index < wanted.length; index++) if (words[at + index] !== wanted[index]) return false;
  return true;
}

/** The concepts that a sentence names, each with what the words around it make of it. */
export function mentionsIn({ words, section }: Sentence): Mention[] {
  const found: { concept: Concept; from: number; to: number }[] = [];
  for (let at = 0; at < words.length; at++) {
    const name = namesByFirstWord.get(words[at] ?? '')?.find((one) => startsAt(words, at, one.words));
    if (name === undefined) continue;
    found.push({ concept: name.concept, from: at, to: at + name.words.length });
    at += name.words.length - 1;
  }
  if (found.length === 0) return [];
  const hits = triggerHits(words, found);
  return found.map((mention) => ({ concept: mention.concept, section, status: statusOf(mention, hits, section),
    side: words.slice(Math.max(0, mention.from - 3), mention.to + 3).find((word) => sides.has(word)) }));
}

/** What the words around a stretch of a sentence make of it, as if it were a concept. */
export const statusAt = (words: readonly string[], from: number, to: number, section: Section): Mention['status'] => statusOf({ from, to }, triggerHits(words, [{ from, to }]), section);

/** Statuses as bits: a note has hundreds of words. */
export type Statuses = number;
const bits: Readonly<Record<Mention['status'], Statuses>> = { affirmed: 1, negated: 2, uncertain: 4, family: 8, historical: 16, resolved: 32, hypothetical: 64 };
export const hasStatus = (all: Statuses | undefined, status: Mention['status']): boolean => all !== undefined && (all & bits[status]) !== 0;

/** What a note says of each of its words, as if each were a concept: for codes whose concept is not at hand. */
export function statedWords(sentences: readonly Sentence[]): ReadonlyMap<string, Statuses> {
  const stated = new Map<string, Statuses>();
  for (const { words, section } of sentences) {
    const hits = triggerHits(words, []);
    const plain = hits.length === 0 ? statusOf({ from: 0, to: 1 }, hits, section) : undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      const status = bits[plain ?? statusOf({ from: at, to: at + 1 }, hits, section)];
      const known = stated.get(word) ?? 0;
      if ((known & status) === 0) stated.set(word, known | status);
    }
  }
  return stated;
}

function triggerHits(words: readonly string[], found: readonly { from: number; to: number }[]): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < words.length; at++) {
    const here = triggers.get(words[at] ?? '');
    // A name's own words are not triggers.
    if (here === undefined || found.some((mention) => at >= mention.from && at < mention.to)) continue;
    // The longest: `was ruled out` is one trigger, not two. It may work in both directions, as a row each.
    const longest = here.find((one) => startsAt(words, at, one.words));
    if (longest === undefined) continue;
    const to = at + longest.words.length;
    for (const trigger of here) if (trigger.words.length === longest.words.length && startsAt(words, at, trigger.words)) hits.push({ from: at, to, trigger });
    at = to - 1;
  }
  return hits;
}

function statusOf(mention: { from: number; to: number }, hits: readonly Hit[], section: Section): Mention['status'] {
  if (section === 'family') return 'family';
  if (hits.length === 0) return section === 'history' ? 'historical' : 'affirmed';
  const told = new Set<string>(section === 'history' ? ['historical'] : []);
  for (const hit of hits) {
    const before = hit.trigger.where === 'before' && hit.to <= mention.from && mention.from - hit.to < reach;
    const after = hit.trigger.where === 'after' && hit.from >= mention.to && hit.from - mention.to < 3;
    if (!before && !after) continue;
    const [from, to] = before ? [hit.to, mention.from] : [mention.to, hit.from];
    if (!hits.some((stop) => stop.trigger.sets === 'stop' && stop.from >= from && stop.to <= to)) told.add(hit.trigger.sets);
  }
  return order.find((status) => told.has(status)) ?? 'affirmed';
}

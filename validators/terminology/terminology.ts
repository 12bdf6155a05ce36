import { remembering } from '../remembering.ts';
import type { Definitions } from '../profile/definitions.ts';
import { createCodeMemo } from './code-memo.ts';
import { codeSystemOf, type CodeSystem } from './code-system.ts';
import { judgeDisplay, type Designation, type Displayed } from './designations.ts';
import type { TerminologyFacts } from './facts.ts';
import { knownSystem } from './known-systems.ts';
import { laterCode } from './later-codes.ts';
import { valueSetOf, type Membership, type ValueSet } from './value-set.ts';

/** `valid`, `invalid`: the system is loaded and says so. `unknown`: nothing loaded can tell. The others: the URL is no code system's, or no absolute one. */
export type CodeAnswer = 'valid' | 'invalid' | 'unknown' | 'supplement' | 'value-set' | 'relative';

export const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri);

export type Terminology = {
  codeSystem(url: string): CodeSystem | undefined;
  valueSet(canonical: string): ValueSet | undefined;
  has(valueSet: string, system: string | undefined, code: string): Membership;
  code(system: string, code: string): CodeAnswer;
  /** Is it a display or designation of the code, in this language or, without one, in any? `right` too where nothing loaded can tell. */
  displayed(system: string, code: string, display: string, language?: string): Displayed;
  /** Display and designations of a code; undefined where the system is not loaded. */
  displays(system: string, code: string): readonly Designation[] | undefined;
};

const unlabelled = (text: string | undefined): readonly Designation[] | undefined => (text === undefined ? undefined : [{ text, language: undefined }]);

/** A question to the facts at hand; one without answer is noted as wanted. */
const ask = (facts: TerminologyFacts | undefined, system: string, code: string, valueSet?: string): boolean | undefined => {
  if (!facts || !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system) || code.length > 200) return undefined;
  const answer = facts.answer({ system, code, valueSet });
  if (answer === undefined) facts.want({ system, code, valueSet });
  return answer?.holds;
};

/** Code systems and value sets of the loaded packages, made when first asked for; `facts` answer where these cannot. */
export const createTerminology = (definitions: Definitions, facts?: TerminologyFacts): Terminology => {
  const exactly = remembering((canonical): ValueSet | undefined => {
    const definition = definitions.get('ValueSet', canonical);
    return definition && valueSetOf(definition, terminology);
  });
  const asked = createCodeMemo();
  const supplements = new Map<string, string[]>();
  for (const row of definitions.rows) {
    if (row.kind === 'CodeSystem' && row.supplements) {
      const url = row.supplements.split('|')[0]!;
      supplements.set(url, [...(supplements.get(url) ?? []), row.url]);
    }
  }
  const judge = (system: string, code: string): CodeAnswer => {
    if (!isAbsolute(system)) return 'relative';
    const loaded = terminology.codeSystem(system);
    if (loaded?.content === 'supplement') return 'supplement';
    if (loaded && loaded.content !== 'not-present' && loaded.content !== 'supplement') {
      if (loaded.find(code) || laterCode(system, code) !== undefined) return 'valid';
      if (loaded.content === 'complete') return 'invalid';
      return 'unknown';
    }
    const known = knownSystem(system, code);
    return known === undefined ? (terminology.valueSet(system) ? 'value-set' : 'unknown') : known ? 'valid' : 'invalid';
  };
  const terminology: Terminology = {
    codeSystem: remembering((url) => {
      const definition = definitions.get('CodeSystem', url);
      return definition && codeSystemOf(definition, (supplements.get(url.split('|')[0]!) ?? []).flatMap((u) => definitions.get('CodeSystem', u) ?? []));
    }),
    /** Where the version named is not loaded, the one that is. */
    valueSet: (canonical) => exactly(canonical) ?? (canonical.includes('|') ? exactly(canonical.slice(0, canonical.indexOf('|'))) : undefined),
    has(valueSet, system = '', code) {
      const { members } = asked(system, code);
      let local = members.get(valueSet);
      if (local === undefined && !members.has(valueSet)) members.set(valueSet, local = terminology.valueSet(valueSet)?.has(system === '' ? undefined : system, code));
      return local ?? ask(facts, system, code, valueSet);
    },
    code(system, code) {
      const memo = asked(system, code);
      memo.answer ??= judge(system, code);
      const holds = memo.answer === 'unknown' ? ask(facts, system, code) : undefined;
      return holds === undefined ? memo.answer : holds ? 'valid' : 'invalid';
    },
    displayed(system, code, display, language) {
      const memo = asked(system, code);
      if (memo.display === display && memo.language === language) return memo.displayed;
      const displayed = judgeDisplay(terminology.displays(system, code) ?? [], display, language);
      if (display.length < 500 && !(facts && memo.answer === 'unknown')) { memo.display = display; memo.language = language; memo.displayed = displayed; }
      return displayed;
    },
    displays(system, code) {
      const later = laterCode(system, code);
      const display = facts?.answer({ system, code })?.display;
      return terminology.codeSystem(system)?.find(code)?.designations ?? unlabelled(later ?? display);
    },
  };
  return terminology;
};

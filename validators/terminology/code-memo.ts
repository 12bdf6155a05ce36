import type { Displayed } from './designations.ts';
import type { CodeAnswer } from './terminology.ts';
import type { Membership } from './value-set.ts';

/** What was asked of one code of one system, and answered. */
export type Asked = {
  readonly system: string;
  answer: CodeAnswer | undefined;
  /** By value set; its keys are those of bindings, few and always the same strings. */
  readonly members: Map<string, Membership>;
  /** The display that was asked for last, in which language, and whether it is right. */
  display: string | undefined;
  language: string | undefined;
  displayed: Displayed;
};

/** Codes kept, over all systems. */
const most = 50_000;
const longest = 500;
/** Systems kept of one code: they are found by comparing. */
const mostSystems = 16;

const unasked = (system: string): Asked => ({ system, answer: undefined, members: new Map(), display: undefined, language: undefined, displayed: 'wrong' });

/** Answers by system and code. The same few codes fill a record; each is worked out once. */
export const createCodeMemo = (): ((system: string, code: string) => Asked) => {
  /** By code, then system: a code is short to hash, and few are in more than one system. */
  const known = new Map<string, Asked[]>();
  let kept = 0;
  let [lastSystem, lastCode] = ['', ''];
  let last: Asked | undefined;
  return (system, code) => {
    if (last !== undefined && code === lastCode && system === lastSystem) return last;
    if (system.length + code.length > longest) return unasked(system);
    let ofCode = known.get(code);
    if (ofCode === undefined) known.set(code, ofCode = []);
    let asked: Asked | undefined;
    for (let i = 0; i < ofCode.length; i++) if (ofCode[i]!.system === system) { asked = ofCode[i]; break; }
    if (asked === undefined) {
      if (++kept > most) { known.clear(); kept = 0; known.set(code, ofCode = []); }
      if (ofCode.length === mostSystems) ofCode.length = 0;
      ofCode.push(asked = unasked(system));
    }
    lastSystem = system;
    lastCode = code;
    last = asked;
    return asked;
  };
};

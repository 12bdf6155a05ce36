import type { CodeAnswer } from './terminology.ts';
import type { Membership } from './value-set.ts';

/** What was asked of one code of one system, and answered. */
export type Asked = {
  answer: CodeAnswer | undefined;
  /** By value set; its keys are those of bindings, few and always the same strings. */
  readonly members: Map<string, Membership>;
  /** The display that was asked for last, and whether it is right. */
  display: string | undefined;
  displayed: boolean;
};
type System = { readonly url: string; readonly codes: Map<string, Asked> };

/** Codes kept, over all systems. */
const most = 50_000;
const longest = 500;
/** Systems found by comparing: a map would hash a text of fifty characters for each coding. */
const recent = 12;

const unasked = (): Asked => ({ answer: undefined, members: new Map(), display: undefined, displayed: false });

/** Answers by system and code. The same few codes fill a record; each is worked out once. */
export const createCodeMemo = (): ((system: string, code: string) => Asked) => {
  const systems = new Map<string, System>();
  const near: System[] = [];
  let kept = 0;
  let [lastSystem, lastCode] = ['', ''];
  let last: Asked | undefined;
  const systemOf = (url: string): System => {
    for (let i = 0; i < near.length; i++) { const s = near[i]!; if (s.url.length === url.length && s.url === url) return s; }
    let system = systems.get(url);
    if (!system) systems.set(url, system = { url, codes: new Map() });
    if (near.length < recent) near.push(system);
    return system;
  };
  return (system, code) => {
    if (last !== undefined && code === lastCode && system === lastSystem) return last;
    if (system.length + code.length > longest) return unasked();
    const { codes } = systemOf(system);
    let asked = codes.get(code);
    if (!asked) {
      if (++kept > most) { systems.clear(); near.length = 0; kept = 0; }
      codes.set(code, asked = unasked());
    }
    lastSystem = system;
    lastCode = code;
    last = asked;
    return asked;
  };
};

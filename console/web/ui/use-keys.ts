import { useEffect } from 'react';
import { singleKeysOn } from './single-keys.ts';

/** Keys by what they do: 'j', '?', or two after each other as 'g q'. */
export type Keys = Readonly<Record<string, () => void>>;

const TWO_KEYS_MS = 1_200;
const writing = 'input, select, textarea, [contenteditable="true"], dialog';

/** Single keys act while nothing is being written and no dialog is open. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || !singleKeysOn()) return;
      if (event.target instanceof Element && event.target.closest(writing) !== null) return;
      const pair = first !== undefined && event.timeStamp - first.at < TWO_KEYS_MS ? keys[`${first.key} ${event.key}`] : undefined;
      first = { key: event.key, at: event.timeStamp };
      const act = pair ?? keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [keys]);
}

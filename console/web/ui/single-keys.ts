import { useSyncExternalStore } from 'react';

/** WCAG 2.1.4: keys without Ctrl or Alt can be switched off; kept in this browser. */
const KEY = 'assay.single-keys';
const listeners = new Set<() => void>();

export const singleKeysOn = (): boolean => localStorage.getItem(KEY) !== 'off';

export function switchSingleKeys(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export const useSingleKeysOn = (): boolean => useSyncExternalStore(
  (listener) => { listeners.add(listener); return () => listeners.delete(listener); }, singleKeysOn);

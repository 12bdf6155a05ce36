import type { History } from '../requests/case.ts';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import { asksWho, releases } from '../words/case-words.ts';

type Decision = History['decisions'][number];
/** A decision as it is being written. */
export type Draft = {
  disposition: Decision['disposition'] | ''; validity: Decision['validity'] | ''; rootCause: Decision['rootCause'];
  purposes: Decision['purposes']; reason: string; scope: 'members' | 'cause'; ends: string;
};

const DAY_MS = 86_400_000;
const DAYS = 30;
const KEY = 'assay.draft.';

export const emptyDraft = (waits: ExceptionDetail['waits']): Draft => ({
  disposition: '', validity: '', rootCause: 'unknown', purposes: [...waits], reason: '', scope: 'members',
  ends: new Date(Date.now() + DAYS * DAY_MS).toISOString().slice(0, 10),
});

/** A choice brings the answer that most often goes with it, which the person may change; never who people are. */
export const chosen = (draft: Draft, disposition: Decision['disposition'], rule: string): Draft => ({
  ...draft, disposition, validity: draft.validity !== '' || asksWho(rule) ? draft.validity : disposition === 'release-as-is' ? 'true-but-acceptable' : 'true-finding',
});

export const ready = (draft: Draft): boolean => draft.disposition !== '' && draft.validity !== '' && draft.reason.trim() !== '' && draft.purposes.length > 0;

/** As the API takes it; the end is the end of that day here. */
export function viewOf(draft: Draft, revision: number) {
  const { disposition, validity, rootCause, purposes, reason, scope, ends } = draft;
  if (disposition === '' || validity === '') return undefined;
  return {
    disposition, validity, rootCause, purposes, reason: reason.trim(), scope, revision,
    ...(releases(disposition) ? { expiresAt: new Date(`${ends}T23:59:59`).toISOString() } : {}),
  };
}

/** Kept over a full sign-in, which leaves the page; forgotten when it is taken up. */
export const keepDraft = (id: string, draft: Draft): void => sessionStorage.setItem(KEY + id, JSON.stringify(draft));
export function takeDraft(id: string): Draft | undefined {
  const kept = sessionStorage.getItem(KEY + id);
  sessionStorage.removeItem(KEY + id);
  return kept === null ? undefined : JSON.parse(kept) as Draft;
}

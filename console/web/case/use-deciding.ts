import { useCallback, useState } from 'react';
import type { Act } from '../../api/shapes/acts.ts';
import type { ExceptionDetail } from '../../api/shapes/exceptions.ts';
import { codeOf } from '../requests/ask.ts';
import { useAct, type History } from '../requests/case.ts';
import { signInAddress, useMe } from '../requests/me.ts';
import { signature, type SignatureGiven } from '../requests/signing.ts';
import { doneWords, releases } from '../words/case-words.ts';
import { emptyDraft, keepDraft, takeDraft, viewOf, type Draft } from './draft.ts';

/** A decision being written and given: signed where it must be, kept where a sign-in leaves the page. */
export function useDeciding(id: string, one: ExceptionDetail | undefined, history: History | undefined) {
  const { data: me } = useMe();
  const act = useAct(id);
  const [kept] = useState(() => takeDraft(id));
  const [changed, setDraft] = useState<Draft | undefined>(kept);
  const [failed, setFailed] = useState<Error | null>(null);
  const draft = changed ?? emptyDraft(one?.waits ?? []);
  const second = history !== undefined && (history.turn === 'second-person' || history.turn === 'governor');
  const two = history !== undefined && (history.needsTwo || second || (draft.scope === 'cause' && draft.disposition !== '' && releases(draft.disposition)));

  const give = useCallback(async (asked: Act, meaning?: string): Promise<boolean> => {
    setFailed(null);
    if (me === undefined) return false;
    try {
      let signed: SignatureGiven | undefined;
      if (meaning !== undefined) {
        signed = await signature(me, meaning);
        if (signed === undefined) {
          keepDraft(id, draft);
          location.assign(signInAddress(location.pathname, true));
          return false;
        }
      }
      await act.mutateAsync({ asked, signature: signed, command: crypto.randomUUID() });
      return true;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      const unsigned = codeOf(failure) === 'ASSAY_CASE_SIGNATURE';
      if (unsigned) keepDraft(id, draft);
      // Given before the page knew that it must be signed.
      if (unsigned && meaning === undefined) location.assign(signInAddress(location.pathname, true));
      else setFailed(failure);
      return false;
    }
  }, [act, draft, id, me]);

  const decide = async (): Promise<boolean> => {
    const view = one === undefined ? undefined : viewOf(draft, one.revision);
    if (view === undefined) return false;
    const done = await give({ act: 'decide', view }, two ? `${doneWords[view.disposition]}: my view of this case.` : undefined);
    if (done) setDraft(undefined);
    return done;
  };
  const label = !two ? 'Decide' : second ? 'Sign my view' : 'Sign, for a second person';
  return { me, draft, setDraft, give, decide, two, label, busy: act.isPending, failed };
}

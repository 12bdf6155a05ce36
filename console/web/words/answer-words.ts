/** Codes of the ledger's answers, by column, as people say them; an answer over the API and the command line has the codes. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { release: 'Released', retraction: 'Taken back', stale: 'Said to be stale' },
  step: {
    received: 'Received', assessed: 'Checked', found: 'Something was found', 'not evaluated': 'Could not be checked', decided: 'Somebody decided', judged: 'Judged', release: 'Released', retraction: 'Taken back', stale: 'Said to be stale',
    requested: 'Asked for', accepted: 'Accepted', denied: 'Denied', 'statement-of-disagreement': 'The patient disagreed', rebuttal: 'The source answered that',
  },
  reason: {
    deleted: 'The source deleted it', withdrawn: 'The source withdrew it', 'newer-held': 'A newer version of it is held', reversed: 'A person took it back', 'kept-out': 'A person decided to keep it out',
    erased: 'The patient’s records were destroyed',
  },
  scope: { members: 'These records', cause: 'This cause, whatever the record' },
  action: { score: 'Let through', flag: 'Let through with a flag', hold: 'Held', exclude: 'Kept out' },
};

export const answerWords = (column: string, cell: string): string => words[column]?.[cell] ?? cell;

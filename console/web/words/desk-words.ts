const notices: Readonly<Record<string, string>> = {
  assigned: 'A case was given to you', 'second-person': 'A case waits for a second person’s view', disputed: 'Two views of a case differ', escalated: 'A governor is asked',
  'due-soon': 'A case is due soon', 'glass-broken': 'Somebody broke the glass of a facility',
};

/** A kind of notice in words; one that this page does not know, as it is written. */
export const noticeWord = (kind: string): string => notices[kind] ?? kind.replaceAll('-', ' ');

import type { History } from '../requests/case.ts';

type Decision = History['decisions'][number];

/** The field's words for what ends a case. */
export const choiceWords: Readonly<Record<Decision['disposition'], { readonly says: string; readonly key: string; readonly help: string }>> = {
  'release-as-is': { says: 'Release as is', key: 'r', help: 'The records go to the feeds as they are, until the end you name.' },
  'release-with-flag': { says: 'Release with a flag', key: 'f', help: 'The records go to the feeds, marked, until the end you name.' },
  'keep-out': { says: 'Keep out', key: 'o', help: 'The records do not go to the feeds of these purposes. The legal record is untouched.' },
  'chart-correction': { says: 'Chart correction request', key: 'c', help: 'The author is asked to correct the chart. The case closes by itself when a version comes that passes.' },
  'identity-team': { says: 'Send to the identity team', key: 'i', help: 'Whose record it is has to be settled first.' },
};
export const choices = Object.keys(choiceWords) as Decision['disposition'][];
export const releases = (choice: Decision['disposition']): boolean => choice.startsWith('release');

export const doneWords: Readonly<Record<Decision['disposition'], string>> = {
  'release-as-is': 'Released as is', 'release-with-flag': 'Released with a flag', 'keep-out': 'Kept out',
  'chart-correction': 'Chart correction request', 'identity-team': 'Sent to the identity team',
};

export const validityWords: Readonly<Record<Decision['validity'], string>> = {
  'true-finding': 'The finding is true', 'rule-wrong': 'The rule is wrong', 'reference-wrong': 'A reference table or mapping is wrong',
  'true-but-acceptable': 'True, but acceptable here', 'cannot-tell': 'Cannot tell',
};

/** The case asks whether records are one person's: what is said is remembered of each pair. */
export const asksWho = (rule: string): boolean => rule.startsWith('identity-duplicate-pair');
export const whoWords = {
  'true-finding': { says: 'They are the same person', key: 's' }, 'rule-wrong': { says: 'They are different people', key: 'd' }, 'cannot-tell': { says: 'Nobody can tell', key: 't' },
} as const satisfies Partial<Record<Decision['validity'], { says: string; key: string }>>;
export const whoChoices = Object.keys(whoWords) as (keyof typeof whoWords)[];

export const rootCauseWords: Readonly<Record<Decision['rootCause'], string>> = {
  registration: 'Registration', mapping: 'Interface or mapping', documentation: 'Documentation', 'copy-forward': 'Copy-forward', coding: 'Coding',
  'ai-omission': 'AI: left something out', 'ai-inclusion': 'AI: put in what does not belong', 'ai-hallucination': 'AI: made something up', 'ai-misattribution': 'AI: gave it to the wrong person or time',
  'wrong-patient': 'Wrong patient', bias: 'Bias', 'patient-reported': 'Patient-reported', unknown: 'Unknown',
};

export const turnWords: Readonly<Record<History['turn'], string>> = {
  us: 'ours', 'second-person': 'a second person’s', governor: 'a governor’s', clinician: 'a clinician’s', source: 'the source’s',
};

const eventWords: Readonly<Record<string, string>> = {
  assigned: 'gave the case to', commented: 'wrote', 'evidence-asked': 'asked for evidence', 'evidence-given': 'gave evidence', viewed: 'gave a first view',
  disputed: 'gave a view that differs', answered: 'answered', decided: 'decided', undone: 'undid the decision', 'took-effect': 'the decision took effect', superseded: 'nothing was left to decide',
  reversed: 'took the decision back', expired: 'the release came to its end', escalated: 'told a governor', extended: 'extended the term', split: 'split records off', merged: 'merged another case in', reminded: 'reminded',
};
export const eventWord = (kind: string): string => eventWords[kind] ?? kind;

export const decisionStateWords: Readonly<Record<Decision['state'], string>> = {
  pending: 'may still be undone', effective: 'in effect', undone: 'undone', superseded: 'superseded', reversed: 'taken back',
};

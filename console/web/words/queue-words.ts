import type { Exception } from '../../api/shapes/exceptions.ts';
import type { Tone } from './run-words.ts';

type Purpose = Exception['waits'][number];

export const purposeWords: Readonly<Record<Purpose, string>> = {
  care: 'Care', quality: 'Quality', payment: 'Payment', research: 'Research', training: 'Training',
};
export const allPurposes = Object.keys(purposeWords) as Purpose[];

/** The team a case goes to. */
export const ownerWords: Readonly<Record<Exception['owner'], string>> = {
  registration: 'Registration', mapping: 'Interface and mapping', documentation: 'Documentation', coding: 'Coding',
  identity: 'Patient identity', ai: 'AI governance', privacy: 'Privacy',
};

export const priorityWords: Readonly<Record<Exception['priority'], { readonly says: string; readonly tone: Tone }>> = {
  1: { says: 'Patient safety', tone: 'bad' }, 2: { says: 'Privacy', tone: 'warn' }, 3: { says: 'AI content', tone: 'blue' },
  4: { says: 'Payment', tone: 'plain' }, 5: { says: 'Data quality', tone: 'plain' },
};

export const turnGroups: Readonly<Record<Exception['turn'], string>> = {
  us: 'Ours', 'second-person': 'A second person’s', governor: 'A governor’s', clinician: 'A clinician’s', source: 'The source’s',
};

/** What tells a case from others of its rule; of a definition’s address its name is enough. */
export const causeWords = (cause: string): string => cause.replace(/https?:\/\/\S*\//g, '');

export const closedWords: Readonly<Record<string, string>> = {
  decided: 'A person decided it', cleared: 'Later data cleared it', superseded: 'Newer versions took the place of its records',
};

export const memberWords: Readonly<Record<string, string>> = {
  waiting: 'waiting', cleared: 'cleared by later data', superseded: 'superseded by a newer version', decided: 'decided',
};

/** The models whose content the sandbox carries; a registry recognises them by identifier and version. */
export const modelSystem = 'http://fhir-assay.example/ai-model';

export type Model = { readonly value: string; readonly name: string; readonly version: string };

/** Writes notes. Its work must be verified by a person before use. */
export const noteScribe: Model = { value: 'note-scribe', name: 'Ambient Note Scribe', version: '2.3.1' };
/** A version of it that nobody approved. */
export const noteScribeTrial: Model = { ...noteScribe, version: '3.0.0-rc.1' };
/** Proposes problem list entries. Must be verified. */
export const problemFinder: Model = { value: 'problem-finder', name: 'Problem List Finder', version: '1.4.0' };
/** Reads smoking status from notes. A label is enough. */
export const socialHistoryReader: Model = { value: 'social-history-reader', name: 'Social History Reader', version: '5.1.0' };

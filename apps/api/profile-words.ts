import type { RuleWords } from '../../console/api/deps.ts';

const ELEMENTS = 'Readers of the profile rely on it.';
const CODES = 'A code that nobody can look up, or that means something else, misleads whoever counts by it.';

/** What people read about the checks of profiles and terminologies, by family; each case's own sentence says which element. */
export const profileWords: ReadonlyMap<string, RuleWords> = new Map(Object.entries({
  'profile-invariant': 'A rule of the profile is broken', 'profile-cardinality': 'An element is missing, or there are too many', 'profile-primitive-format': 'A value is not written as its type asks',
  'profile-json': 'The JSON is not FHIR’s', 'profile-json-shape': 'The JSON is not FHIR’s', 'profile-unknown-property': 'An element that FHIR does not know', 'profile-extension-unknown': 'An extension that nobody has defined',
  'profile-extension-url': 'An extension without its name', 'profile-extension-modifier': 'An extension that changes the meaning, where none may stand', 'profile-extension-context': 'An extension in a place that is not its own',
  'profile-type': 'A value of another type', 'profile-choice': 'A choice that the profile does not have', 'profile-reference-target': 'A reference to another kind of record', 'profile-reference-aggregation': 'A reference of another kind',
  'profile-slice-cardinality': 'A part that the profile asks for is missing, or there are too many', 'profile-slicing-order': 'Parts in another order', 'profile-slicing-open': 'A part that fits none of the profile’s', 'profile-slicing-closed': 'A part that the profile does not let in',
  'profile-questionnaire': 'Answers that do not fit their questionnaire', 'profile-attachment': 'An attachment that is not what it says', 'profile-vital-sign': 'A vital sign that is not written as one', 'profile-unknown': 'A profile that nobody here knows',
  'profile-pattern': 'A value other than the profile’s pattern', 'profile-fixed': 'A value other than the profile’s own', 'profile-narrative': 'A narrative that may not be shown', 'profile-min-length': 'A text that is too short', 'profile-max-length': 'A text that is too long',
  'profile-limit': 'A value beyond the profile’s limit', 'profile-bundle': 'A bundle that is not well made', 'profile-bundle-reference': 'A reference within a bundle that leads nowhere', 'profile-global': 'A profile that the guide asks for everywhere', 'profile-conformance-resource': 'A definition that is not well made',
}).map(([family, title]) => [family, { title, why: ELEMENTS, owner: 'mapping' } satisfies RuleWords] as const).concat(Object.entries({
  'terminology-system': 'A code of a system that nobody here knows', 'terminology-binding': 'A code that the profile does not allow here', 'terminology-code': 'A code that its system does not have',
  'terminology-display': 'A code with other words than its system’s', 'terminology-unit': 'A unit that nobody can compute with',
}).map(([family, title]) => [family, { title, why: CODES, owner: 'mapping' } satisfies RuleWords] as const)));

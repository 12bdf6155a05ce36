import { misbehaviour } from './misbehaviour.ts';

export const searchModeAbsent = misbehaviour({
  name: 'search-mode-absent', seenAt: 'several',
  does: 'Entries of a search do not say search.mode.',
  parameters: {},
  start: () => ({ page: (_asked, entries) => entries.map(({ mode: _mode, ...entry }) => entry) }),
});

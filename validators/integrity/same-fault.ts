type Said = { readonly rule: string; readonly expression: string };

// Invariants that a rule checks too, with zones and precision: one fault is one finding, the rule's.
const sameFault: Readonly<Record<string, string>> = { 'profile-invariant/per-1': 'time-start-after-end' };

/** Profile findings without those that an integrity rule says of the same element. */
export function saidOnce<One extends Said>(profiles: readonly One[], rules: readonly Said[]): readonly One[] {
  if (rules.length === 0) return profiles;
  const said = new Set(rules.map(({ rule, expression }) => `${rule} ${expression}`));
  return profiles.filter(({ rule, expression }) => sameFault[rule] === undefined || !said.has(`${sameFault[rule]} ${expression}`));
}

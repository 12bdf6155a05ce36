/** Names that stand for nothing are remembered too, but only so many: input can name no end of them. */
const mostAbsent = 1_000;

/** Makes what a name stands for once. `make` gives undefined for a name that stands for nothing. */
export const remembering = <T>(make: (name: string) => T | undefined): ((name: string) => T | undefined) => {
  const known = new Map<string, T>();
  const absent = new Set<string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (absent.has(name)) return undefined;
    const made = make(name);
    if (made !== undefined) known.set(name, made);
    else {
      if (absent.size === mostAbsent) absent.clear();
      absent.add(name);
    }
    return made;
  };
};

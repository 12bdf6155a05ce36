const kept = new WeakMap<object, object[]>();

/**
 * Keeps one object of a class whose objects otherwise all die with the resource they serve. With the last of them V8 gives up the
 * class's layout, and at its next full collection all code compiled for it, which then runs three times slower until compiled again.
 * @param owner as long as it lives; for good by default
 */
export const keepLayout = (one: object, owner: object = kept): void => { kept.set(owner, [...kept.get(owner) ?? [], one]); };

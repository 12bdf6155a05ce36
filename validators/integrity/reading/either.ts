/** The elements of a resource that is one of two or three types; where both have one, as the last says; any status. */
export type Either<A, B, C = B> = Partial<Omit<A, keyof B | keyof C>> & Partial<Omit<B, keyof C>> & Partial<Omit<C, 'status' | 'resourceType'>> & { readonly status?: string };

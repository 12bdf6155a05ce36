/** What a feed is for; each feed declares one. */
export const purposes = ['care', 'quality', 'payment', 'research', 'training'] as const;
export type Purpose = (typeof purposes)[number];

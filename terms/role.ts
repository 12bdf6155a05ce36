import type { Owner } from './rule.ts';

/** What a person may be here; a sign-in's claims name one or more. */
export const roles = ['steward', 'coding-auditor', 'identity-analyst', 'clinician-reviewer', 'privacy-officer', 'governor',
  'engineer', 'consumer', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Who decides the cases of a team; a governor may decide any. */
export const rolesOfOwner: Readonly<Record<Owner, readonly Role[]>> = {
  registration: ['steward', 'clinician-reviewer'], documentation: ['steward', 'clinician-reviewer'], mapping: ['engineer'],
  coding: ['coding-auditor'], identity: ['identity-analyst'], ai: ['governor'], privacy: ['privacy-officer'],
};

export const mayDecide = (roles: readonly Role[], owner: Owner): boolean =>
  roles.some((role) => role === 'governor' || rolesOfOwner[owner].includes(role));

/** Who acts: the subject that the identity provider gave, and the roles at that time. */
export type Actor = { readonly person: string; readonly roles: readonly Role[] };

export type SandboxPerson = { readonly subject: string; readonly name: string; readonly credential: string; readonly roles: readonly string[]; readonly leads?: readonly string[]; readonly facilities?: readonly string[] };

/** Made-up people, one of each role, two governors: four eyes need them. Lena works at a facility that is no source here: she sees no case. */
export const people: readonly SandboxPerson[] = [
  { subject: 'mara', name: 'Mara Lindqvist', credential: 'RHIA', roles: ['steward'] },
  { subject: 'lena', name: 'Lena Fischer', credential: 'RHIT', roles: ['steward'], facilities: ['lakeside'] },
  { subject: 'theo', name: 'Theo Okafor', credential: 'CCS', roles: ['coding-auditor'] },
  { subject: 'ines', name: 'Ines Duarte', credential: 'RHIT', roles: ['identity-analyst'] },
  { subject: 'aiko', name: 'Aiko Tanaka', credential: 'MD', roles: ['clinician-reviewer'] },
  { subject: 'paul', name: 'Paul Weiss', credential: 'CHPS', roles: ['privacy-officer'] },
  { subject: 'grace', name: 'Grace Mbeki', credential: 'RHIA', roles: ['governor'], leads: ['mara', 'theo', 'ines', 'aiko', 'paul', 'emil', 'henrik'] },
  { subject: 'henrik', name: 'Henrik Solberg', credential: 'FAHIMA', roles: ['governor'] },
  { subject: 'emil', name: 'Emil Novak', credential: '', roles: ['engineer'] },
  { subject: 'cara', name: 'Cara Bianchi', credential: '', roles: ['consumer'] },
  { subject: 'omar', name: 'Omar Haddad', credential: 'CPA', roles: ['auditor'] },
];

import { roles, type Role } from '../../terms/role.ts';

/**
 * Who may call a route. `public`: anyone; `token`: the route asks for a consumer's token itself; `person`: whoever is signed in;
 * otherwise one of the roles. What a person may do with one case is its team's and its facility's to say, besides.
 */
export type Permission = 'public' | 'token' | 'person' | readonly Role[];

const deciding: readonly Role[] = ['steward', 'coding-auditor', 'identity-analyst', 'clinician-reviewer', 'privacy-officer', 'governor', 'engineer'];
/** Answers about patients, across cases. */
const auditing: readonly Role[] = ['privacy-officer', 'governor', 'auditor'];
/** Acts about what has left: taking back, amending, keeping, destroying. */
const keeping: readonly Role[] = ['privacy-officer', 'governor'];
const looking: readonly Role[] = [...deciding, 'auditor'];

/** Every route of the API has its row here; one without does not start. */
export const permissions: Readonly<Record<string, Permission>> = {
  'GET /auth/sign-in': 'public', 'GET /auth/callback': 'public', 'POST /auth/sign-out': 'person',
  'GET /api/me': 'public', 'GET /api/people': looking,
  'GET /api/notices': 'person', 'POST /api/notices/seen': 'person',
  'GET /api/delegations': 'person', 'POST /api/delegations': deciding, 'DELETE /api/delegations/:id': deciding,
  'GET /api/saved-views': 'person', 'PUT /api/saved-views': 'person', 'DELETE /api/saved-views/:id': 'person',
  'POST /api/signing/passkeys/options': deciding, 'POST /api/signing/passkeys': deciding, 'POST /api/signing/options': deciding,
  'POST /api/break-the-glass': looking,

  'GET /api/exceptions': looking, 'GET /api/exceptions/counts': looking, 'GET /api/exceptions/:id': looking,
  'GET /api/exceptions/:id/history': looking, 'POST /api/exceptions/:id/acts': deciding,
  'POST /api/bulk/preview': deciding, 'POST /api/bulk': deciding,
  'GET /api/versions/:id/content': looking, 'GET /api/tasks/:id': looking,

  'GET /api/lineage': looking, 'GET /api/rules': looking, 'GET /api/oversight': looking, 'GET /api/oversight/released': looking, 'GET /api/overview': looking, 'POST /api/oversight/suspensions': ['governor'], 'GET /api/exceptions/:id/packet': looking,
  'GET /api/scores': looking, 'GET /api/scores/piqi': looking, 'GET /api/alarms': looking, 'GET /api/policy': looking, 'POST /api/policy/proposals': ['governor'], 'POST /api/policy/proposals/:id/accept': ['governor'], 'POST /api/policy/proposals/:id/refuse': ['governor'], 'GET /api/models': looking,
  'GET /api/audit': looking, 'GET /api/audit/questions/:question': auditing, 'GET /api/audit/proof': auditing, 'POST /api/audit/export': auditing,
  'POST /api/audit/retractions/preview': keeping, 'POST /api/audit/retractions': keeping, 'POST /api/audit/amendments': keeping, 'POST /api/audit/amendments/:id/steps': keeping,
  'POST /api/audit/holds': keeping, 'POST /api/audit/holds/lift': keeping, 'POST /api/audit/schedules': keeping, 'POST /api/audit/destructions/preview': keeping,
  'POST /api/audit/destructions': keeping, 'POST /api/audit/recipients': keeping, 'POST /api/audit/suspensions': keeping, 'GET /api/audit/fhir': auditing,
  'GET /api/quality': looking, 'GET /api/quality/mine': deciding, 'POST /api/quality/samples': ['governor'], 'POST /api/quality/known-answers': ['governor'],
  'GET /api/quality/items': deciding, 'POST /api/quality/items': deciding, 'GET /api/quality/items/:id/records/:n': deciding, 'POST /api/quality/items/:id': deciding,

  'GET /api/sources': looking, 'POST /api/sources/:name/runs': ['engineer', 'governor'],
  'GET /api/runs': looking, 'GET /api/runs/:id': looking, 'GET /api/feeds': looking, 'GET /api/status': looking,
  'GET /api/errors/:code': 'public',

  'GET /fhir/Task': 'token', 'GET /fhir/Task/:id': 'token',
  'GET /feeds': 'token', 'GET /feeds/:feed/contract': 'token', 'GET /feeds/:feed/contract/:type': 'token', 'GET /feeds/:feed/entries': 'token',
  'POST /feeds/:feed/acknowledgements': 'token', 'GET /notices': 'token', 'POST /notices/:id/noted': 'token',
  'GET /ledger/log/checkpoint': 'public', 'GET /ledger/log/tile/:level/*': 'public',
  'GET /metrics': 'public', 'GET /healthz': 'public', 'GET /openapi.json': 'public',
};

/** The page and the API's description: files of ours, without a word from a record. */
const files = [/^GET \/docs(\/|$)/, /^GET \/assets\//, /^GET \/(queue(\/:id)?|runs(\/:id)?|published|lineage|oversight|quality|rules|policy|desk|audit(\/(proofs|retractions|amendments|keeping|disclosures))?|packet\/:id)?$/];

/** @throws Error where a route has no row: a fault of the program, seen when it starts */
export function permissionFor(method: string, url: string): Permission {
  const route = `${method === 'HEAD' ? 'GET' : method} ${url}`;
  const found = permissions[route] ?? (files.some((file) => file.test(route)) ? 'public' : undefined);
  if (found === undefined) throw new Error(`console/api/permissions.ts has no row for ${route}`);
  return found;
}

export const allows = (permission: Permission, held: readonly Role[] | undefined): boolean =>
  permission === 'public' || permission === 'token' || (held !== undefined && (permission === 'person' || held.some((role) => permission.includes(role))));

/** While nobody can sign in, whoever is at this machine reads as these. */
export const withoutSignIn: readonly Role[] = roles.filter((role) => role === 'engineer' || role === 'auditor');

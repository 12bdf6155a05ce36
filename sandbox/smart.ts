import { answerJson, type Answer, type Asked } from './exchange.ts';
import { RefusedAssertion } from './smart-assertion.ts';
import { isScope } from './smart-scope.ts';
import type { Server } from './server-parts.ts';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** https://hl7.org/fhir/smart-app-launch/backend-services.html#obtain-access-token */
export async function token({ checkAssertion, tokens }: Server, asked: Asked): Promise<Answer> {
  const form = new URLSearchParams(asked.body?.toString());
  if (form.get('grant_type') !== 'client_credentials') return refused('unsupported_grant_type', 'grant_type must be client_credentials.');
  if (form.get('client_assertion_type') !== jwtBearer) return refused('invalid_request', `client_assertion_type must be ${jwtBearer}.`);
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0 || !scopes.every(isScope)) return refused('invalid_scope', 'scope must name system scopes.');
  try {
    const client = await checkAssertion(form.get('client_assertion') ?? '');
    return answerJson(200, {
      access_token: tokens.issue(client, scopes), token_type: 'bearer', expires_in: tokens.lifetimeSeconds, scope: scopes.join(' '),
    }, { 'cache-control': 'no-store', pragma: 'no-cache' });
  } catch (error) {
    if (error instanceof RefusedAssertion) return refused('invalid_client', error.message, 401);
    throw error;
  }
}

const refused = (error: string, description: string, status = 400) =>
  answerJson(status, { error, error_description: description }, { 'cache-control': 'no-store' });

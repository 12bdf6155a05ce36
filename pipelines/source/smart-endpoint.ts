import { Client } from 'fhir-kit-client';
import { asJson, isObject, isString, listOf, readBody, type JsonObject } from './body.ts';
import { send, type Http } from './http.ts';
import { refusal } from './refusal.ts';

export type Endpoint = { readonly tokenUrl: string | undefined; readonly scope: string };

/** SMART 2 names scopes by letters, 1 by words: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
const V2 = 'system/*.rs';
export const V1 = 'system/*.read';

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

/** Older servers say it in the CapabilityStatement, which is read without a token. */
async function fromCapability(base: string): Promise<string | undefined> {
  const statement = await new Client({ baseUrl: base }).capabilityStatement().catch(() => undefined);
  const security = listOf(statement?.['rest']).flatMap(({ security: one }) => (isObject(one) ? [one] : []));
  const uris = security.flatMap(({ extension }) => listOf(extension)).filter(({ url }) => url === OAUTH_URIS);
  return uris.flatMap(({ extension }) => listOf(extension)).filter(({ url }) => url === 'token').map(({ valueUri }) => valueUri).find(isString);
}

/**
 * Asks .well-known/smart-configuration where tokens are given out.
 * @returns without tokenUrl where the server has no such document
 */
export async function discoverEndpoint(http: Http, base: string): Promise<Endpoint> {
  const answer = await send(http, `${base}/.well-known/smart-configuration`, { headers: { accept: 'application/json' } });
  if (answer.status !== 200) {
    const error = await refusal(http, answer, { gone: 'ASSAY_SOURCE_TOKEN_ENDPOINT_UNKNOWN', refused: 'ASSAY_SOURCE_TOKEN_ENDPOINT_UNKNOWN' });
    if (answer.status >= 500 || answer.status === 429) throw error;
    return { tokenUrl: await fromCapability(base), scope: V1 };
  }
  const found: JsonObject = asJson(await readBody(answer)) ?? {};
  const tokenUrl = found['token_endpoint'];
  const says = (key: string): readonly unknown[] => (Array.isArray(found[key]) ? found[key] : []);
  const v2 = says('scopes_supported').includes(V2) || (says('capabilities').includes('permission-v2') && !says('scopes_supported').includes(V1));
  return { tokenUrl: isString(tokenUrl) ? tokenUrl : undefined, scope: v2 ? V2 : V1 };
}

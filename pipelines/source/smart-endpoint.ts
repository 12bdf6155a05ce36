import { Client } from 'fhir-kit-client';
import { asJson, isObject, isString, listOf, readBody, type JsonObject } from './body.ts';
import { send, type Http } from './http.ts';
import { refusal } from './refusal.ts';

export type Endpoint = {
  readonly tokenUrl: string | undefined; readonly scope: string;
  /** What the assertion may be signed with, where the server says. */
  readonly algorithms?: readonly string[];
  /** How far the server's clock is behind ours, where it refused an assertion signed by ours. */
  readonly behindMs?: number;
};

/** SMART 2 names scopes by letters, 1 by words: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
const V2 = 'system/*.rs';
export const V1 = 'system/*.read';
/** The same in the other version's words, for a server that refuses the first. */
export const inOtherWords = (scope: string): string | undefined => (scope === V2 ? V1 : scope === V1 ? V2 : undefined);
/** A type's own scope that reading needs: `system/Patient.read`, `.rs`, `.r`, `.s`, `.cruds`, `.*` */
const OF_A_TYPE = /^system\/[A-Z][A-Za-z]+\.(read|\*|c?ru?d?s|c?ru?d?|s)$/;

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
  const says = (key: string): string[] => (Array.isArray(found[key]) ? found[key].filter(isString) : []);
  const algorithms = says('token_endpoint_auth_signing_alg_values_supported').filter((name) => /^[A-Z]{2}\d{3}$/.test(name));
  return {
    tokenUrl: isString(tokenUrl) && URL.canParse(tokenUrl, `${base}/`) ? new URL(tokenUrl, `${base}/`).href : undefined, scope: scopeOf(says('scopes_supported'), says('capabilities')),
    ...(algorithms.length === 0 ? {} : { algorithms }),
  };
}

/** All types at once where the server offers that or says nothing; else each type that it offers. */
function scopeOf(offered: readonly string[], capabilities: readonly string[]): string {
  const all = [V2, V1, 'system/*.*'].find((scope) => offered.includes(scope));
  if (all !== undefined) return all;
  const byType = offered.filter((scope) => OF_A_TYPE.test(scope));
  return byType.length > 0 ? byType.join(' ') : capabilities.includes('permission-v2') ? V2 : V1;
}

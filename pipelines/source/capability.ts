import { CapabilityTool, Client, type FhirResource, type FhirResponse } from 'fhir-kit-client';
import { AssayError } from '../../terms/errors.ts';
import { isString } from './body.ts';
import type { Connection } from './connection.ts';

export type Capability = {
  /** Types with search, in the server's order. */
  readonly searchable: readonly string[];
  /** The parameter `_lastUpdated` or interaction `history-type`, as declared. */
  hasLastUpdated(type: string): boolean;
  hasTypeHistory(type: string): boolean;
  /** The server's clock when it answered. */
  readonly date: Date;
};

/** Asks `metadata` what the server can. @throws AssayError ASSAY_SOURCE_CAPABILITY_INVALID, ASSAY_SOURCE_OTHER_VERSION */
export async function readCapability(connection: Connection): Promise<Capability> {
  const token = await connection.token();
  const client = new Client({ baseUrl: connection.base, ...(token === undefined ? {} : { bearerToken: token }) });
  const statement = await client.capabilityStatement().catch((error: unknown) => { throw failure(error); });
  if (statement.resourceType !== 'CapabilityStatement') throw new AssayError('ASSAY_SOURCE_CAPABILITY_INVALID');
  const { fhirVersion } = statement as { readonly fhirVersion?: unknown };
  // What is checked is R4, and its technical correction; a server that does not say is believed to be one.
  if (isString(fhirVersion) && !/^4\.0\b/.test(fhirVersion)) throw new AssayError('ASSAY_SOURCE_OTHER_VERSION', /^\d+(\.\d+){1,2}/.exec(fhirVersion)?.[0]);
  const tool = new CapabilityTool(statement);
  const types = (tool.serverCapabilities()?.resource ?? []).flatMap(({ type }) => (type === undefined ? [] : [type]));
  return {
    searchable: types.filter((type) => tool.resourceCan(type, 'search-type')),
    hasLastUpdated: (type) => types.includes(type) && (tool.resourceSearch(type, '_lastUpdated') || tool.serverSearch('_lastUpdated')),
    hasTypeHistory: (type) => types.includes(type) && tool.resourceCan(type, 'history-type'),
    date: dateOf(statement) ?? connection.http.now(),
  };
}

function dateOf(statement: FhirResource): Date | undefined {
  const at = Date.parse(Client.httpFor(statement as FhirResponse).response?.headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : new Date(at);
}

/** The client's own errors name the address: only their status goes on. */
function failure(error: unknown): AssayError {
  const status = typeof error === 'object' && error !== null && 'response' in error ? Number((error.response as { status?: unknown }).status) : NaN;
  if (Number.isNaN(status)) return new AssayError('ASSAY_SOURCE_UNREACHABLE', 'metadata');
  if (status >= 500 || status === 429) return new AssayError('ASSAY_SOURCE_SERVER_ERROR', `metadata, HTTP ${status}`);
  if (status === 401) return new AssayError('ASSAY_SOURCE_TOKEN_REFUSED', `metadata, HTTP ${status}`);
  return new AssayError('ASSAY_SOURCE_CAPABILITY_INVALID', `HTTP ${status}`);
}

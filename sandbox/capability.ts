import { answerFhir, answerJson, type Answer } from './exchange.ts';
import { searchParameters } from './search.ts';
import type { Server } from './server-parts.ts';

const started = new Date().toISOString();
const searchTypes: Record<string, string> = { _id: 'token', _lastUpdated: 'date', patient: 'reference' };
const bulk = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

/** http://hl7.org/fhir/R4/capabilitystatement.html */
export const capabilityStatement = ({ store, fhirBase, tokenUrl, authRequired }: Server): Answer =>
  answerFhir(200, {
    resourceType: 'CapabilityStatement', status: 'active', date: started, kind: 'instance', fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'], publisher: 'fhir-assay',
    instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
    software: { name: 'fhir-assay sandbox EHR' },
    implementation: { description: 'A sandbox EHR over synthetic patients', url: fhirBase() },
    rest: [{
      mode: 'server',
      ...(authRequired && {
        security: {
          extension: [{
            url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
            extension: [{ url: 'token', valueUri: tokenUrl() }],
          }],
          service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] }],
        },
      }),
      resource: store.types().map((type) => ({
        type, versioning: 'versioned', readHistory: true, updateCreate: true,
        interaction: ['read', 'vread', 'search-type', 'history-instance', 'history-type', 'create', 'update', 'delete'].map((code) => ({ code })),
        searchParam: searchParameters.filter((name) => !name.startsWith('_') || searchTypes[name]).map((name) => ({ name, type: searchTypes[name] ?? 'token' })),
        ...((type === 'Patient' || type === 'Group') && {
          operation: [{ name: 'export', definition: `${bulk}/${type === 'Patient' ? 'patient' : 'group'}-export` }],
        }),
      })),
      interaction: [{ code: 'history-system' }],
      operation: [{ name: 'export', definition: `${bulk}/export` }],
    }],
  });

/** https://hl7.org/fhir/smart-app-launch/conformance.html */
export const smartConfiguration = ({ tokenUrl }: Server): Answer =>
  answerJson(200, {
    token_endpoint: tokenUrl(), grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    scopes_supported: ['system/*.read', 'system/*.rs', 'system/*.write', 'system/*.cruds'],
    capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
  });

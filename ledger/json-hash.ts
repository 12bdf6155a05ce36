import { hash } from 'node:crypto';
import { canonicalBytes } from './verify/canonical-json.ts';

/** SHA-256 (hex) of a JSON value's RFC 8785 bytes: how a jsonb column enters its row's hash. */
export const jsonHash = (value: object): string => hash('sha256', canonicalBytes(value), 'hex');

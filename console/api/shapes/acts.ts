import Type, { type Static } from 'typebox';
import { choices, rootCauses, validities } from '../../../terms/decision.ts';
import { Count, Instant, PurposeName, RowId } from './words.ts';
import { Subject } from './people.ts';

/** Text of a person; it may hold what a record says, and stays in the case. */
export const Words = Type.String({ minLength: 1, maxLength: 4000, pattern: '^[^\\u0000]*$' });
export const CommandId = Type.String({ format: 'uuid', description: 'Made by the client, new for each act: the same again is the same act.' });
const strict = { additionalProperties: false } as const;
const act = <Name extends string, Fields extends Type.TProperties>(name: Name, fields: Fields) => Type.Object({ act: Type.Literal(name), ...fields }, strict);

export const ViewGiven = Type.Object({
  disposition: Type.Enum(choices, { type: 'string' }), validity: Type.Enum(validities, { type: 'string' }), rootCause: Type.Enum(rootCauses, { type: 'string' }),
  purposes: Type.Array(PurposeName, { minItems: 1, uniqueItems: true }), reason: Words,
  scope: Type.Enum(['members', 'cause'], { type: 'string', description: '`cause`: also what comes later with the same rule and cause, until it ends.' }),
  expiresAt: Type.Optional(Instant),
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The revision of the case that was read; later members are not meant.' }),
}, strict);

export const Act = Type.Union([
  act('assign', { to: Type.Union([Subject, Type.Null()]) }), act('comment', { text: Words }),
  act('ask-evidence', { of: Type.Enum(['clinician', 'source'], { type: 'string' }), text: Words }),
  act('give-evidence', { task: CommandId, text: Words }),
  act('answer', { validity: Type.Enum(validities, { type: 'string' }), reason: Words }), act('decide', { view: ViewGiven }), act('undo', {}), act('reverse', { decision: CommandId, reason: Words }),
  act('reopen', { reason: Words }), act('escalate', { reason: Words }), act('extend', { reason: Words }),
  act('split', { versions: Type.Array(RowId, { minItems: 1, maxItems: 1000, uniqueItems: true }) }), act('merge', { from: RowId }),
]);
export type Act = Static<typeof Act>;

/** WebAuthn's AuthenticationResponseJSON. */
export const Touch = Type.Unsafe<import('@simplewebauthn/server').AuthenticationResponseJSON>(
  Type.Object({ id: Type.String(), rawId: Type.String(), type: Type.String(), response: Type.Object({}, { additionalProperties: true }) }, { additionalProperties: true, description: 'A passkey’s answer to /api/signing/options (AuthenticationResponseJSON of WebAuthn).' }));
export const NewPasskey = Type.Unsafe<import('@simplewebauthn/server').RegistrationResponseJSON>(
  Type.Object({ id: Type.String(), rawId: Type.String(), type: Type.String(), response: Type.Object({}, { additionalProperties: true }) }, { additionalProperties: true, description: 'A passkey’s answer to /api/signing/passkeys/options (RegistrationResponseJSON of WebAuthn).' }));

export const SignatureGiven = Type.Object({ meaning: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' }), touch: Type.Optional(Touch) }, strict);

export const ActGiven = Type.Object({
  command: CommandId, asked: Act,
  signature: Type.Optional(SignatureGiven),
}, strict);
export type ActGiven = Static<typeof ActGiven>;

export const Acted = Type.Object({ exception: RowId, revision: Count });

import Type, { type Static } from 'typebox';
import { roles } from '../../../terms/role.ts';
import { Count, Instant, Line, orNull, RowId, SourceName } from './words.ts';

export const RoleName = Type.Enum(roles, { type: 'string' });
export const Subject = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$', description: 'A person, as the identity provider names him.' });
export const Day = Type.String({ format: 'date' });

export const Me = Type.Object({
  signIn: Type.Boolean({ description: 'Whether people can sign in here; without, everything can be read and nothing decided.' }),
  person: orNull(Subject), name: orNull(Type.String()), credential: orNull(Type.String()),
  roles: Type.Array(RoleName), facilities: orNull(Type.Array(SourceName)), leads: Type.Array(Subject),
  page: orNull(Type.String({ description: 'Sent back with each act as the header `x-assay-page`.' })),
  signing: Type.Object({
    open: Type.Boolean(), needs: Type.Enum(['sign-in', 'touch', 'none'], { type: 'string' }),
  }, { description: 'What the next signature needs: a full sign-in, a touch of a passkey, or nothing more.' }),
  notices: Count, undoSeconds: Count,
});
export type Me = Static<typeof Me>;

export const People = Type.Object({ people: Type.Array(Type.Object({ person: Subject, name: Type.String(), credential: Type.String(), roles: Type.Array(RoleName) })) });
export const NewDelegation = Type.Object({ delegate: Subject, fromDay: Day, untilDay: Day }, { additionalProperties: false });
export const Delegation = Type.Object({ id: RowId, person: Subject, delegate: Subject, fromDay: Day, untilDay: Day });
export const Delegations = Type.Object({ delegations: Type.Array(Delegation) });
export const Notices = Type.Object({
  notices: Type.Array(Type.Object({ id: RowId, exception: orNull(RowId), kind: Type.String(), about: orNull(Type.String()), at: Instant })),
});
export const SavedViews = Type.Object({ views: Type.Array(Type.Object({ id: RowId, name: Type.String(), query: Type.String() })) });
export const NewSavedView = Type.Object({ name: Line, query: Type.String({ maxLength: 1000, pattern: '^[^\\u0000-\\u001f]*$' }) }, { additionalProperties: false });
const GlassReason = Type.String({ minLength: 10, maxLength: 500, pattern: '^[^\\u0000]*$' });
/** A source, or that of a case. */
export const BrokenGlass = Type.Union([
  Type.Object({ source: SourceName, reason: GlassReason }, { additionalProperties: false }), Type.Object({ exception: RowId, reason: GlassReason }, { additionalProperties: false }),
]);

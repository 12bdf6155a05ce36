import { lexemes } from './lexemes.ts';
import type { Run, Statement } from './run.ts';
import { hasHtmlTag } from './primitives.ts';
import { isTime, temporal } from './temporal.ts';
import { xhtmlFindings } from './narrative.ts';

const wrong = (says: string, messageId?: string, severity: Statement['severity'] = 'error', code = 'invalid'): Statement =>
  ({ rule: 'profile-primitive-format', severity, code, says, ...(messageId ? { messageId } : {}) });

const notEmpty = wrong('This value is empty; leave the element out or give it a value.', 'Type_Specific_Checks_DT_Primitive_NotEmpty');
const ele1: Statement = { rule: 'profile-invariant/ele-1', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Element#ele-1',
  says: 'Every element must have a value or children; leave this element out or fill it.' };
const expected: Readonly<Record<string, string>> = {
  boolean: 'boolean', integer: 'number', unsignedInt: 'number', positiveInt: 'number', integer64: 'number', decimal: 'number' };
const shape: Readonly<Record<string, Statement>> = Object.fromEntries(['boolean', 'number', 'string'].map((kind) =>
  [kind, wrong(`This element must be written as a JSON ${kind}; change how it is written.`, 'Error_parsing_JSON_the_primitive_value_must_be')]));
const simple = (kind: string): Statement =>
  wrong(`This element takes one simple value, not ${kind}; give the value alone.`, 'This_property_must_be_an_simple_value_not_');

const blank = wrong('A URI has no blanks; remove them or percent-encode them.', 'Type_Specific_Checks_DT_URI_WS');
const oidPrefix = wrong('An OID is written with the prefix urn:oid:.', 'Type_Specific_Checks_DT_URI_OID');
const uuidPrefix = wrong('A UUID is written with the prefix urn:uuid:.', 'Type_Specific_Checks_DT_URI_UUID');
const badUuid = wrong('After urn:uuid: comes a UUID in lower case, such as 8-4-4-4-12 hexadecimal digits.', 'Type_Specific_Checks_DT_UUID_Valid');
const badOid = wrong('After urn:oid: come numbers without leading zeros, parted by dots.', 'Type_Specific_Checks_DT_OID_Valid');
const relativeCanonical = wrong('A canonical reference is an absolute URL or a fragment (#id); give the whole URL.', 'TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE');
const zone = wrong('A date with a time needs its time zone; add Z or an offset such as +01:00.', 'Type_Specific_Checks_DT_DateTime_TZ');
const dateTimeForm = wrong('This is not a date or time as FHIR writes it; use YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone.', 'Type_Specific_Checks_DT_DateTime_Valid');
const dateForm = wrong('This is not a date as FHIR writes it; use YYYY, YYYY-MM or YYYY-MM-DD.', 'Type_Specific_Checks_DT_Date_Valid');
const instantForm = wrong('This is not an instant as FHIR writes it; use YYYY-MM-DDThh:mm:ss with a time zone.', 'Type_Specific_Checks_DT_DateTime_Regex');
const unlikelyYear = wrong('The year lies outside what is likely (1800 to 2100); check the entry.', 'Type_Specific_Checks_DT_DateTime_Reasonable', 'warning', 'value');
const decimalRange = wrong('This number has more digits than systems commonly keep; round it if they mean nothing.', 'Type_Specific_Checks_DT_Decimal_Range', 'warning', 'value');
const html = wrong('Markdown in FHIR should hold no HTML tags; write the formatting in Markdown or escape the signs.', 'TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML', 'warning');
const markup = wrong('The text holds what looks like HTML, a risk where it is shown without being escaped; write it as plain text.', 'SECURITY_STRING_CONTENT_WARNING', 'information');
const noMarkup: Statement = { ...markup, severity: 'error', messageId: 'SECURITY_STRING_CONTENT_ERROR' };
const integerForm = (type: string): Statement => wrong(`This is not a valid ${type}; write a whole number within its range, without fraction or exponent.`, 'Type_Specific_Checks_DT_Integer_Valid');
const tooLong = wrong('A string holds at most 1 MB of text (1,048,576 characters); shorten it or use an attachment.', 'Type_Specific_Checks_DT_String_Length');
const spaced = wrong('The value should not start or end with blanks; trim it.', 'Type_Specific_Checks_DT_String_WS', 'warning');
const codeBlanks = wrong('A code has no blanks at its ends and at most one between its words; correct the code.', 'Type_Specific_Checks_DT_Code_WS');
const idForm = wrong('An id has 1 to 64 letters, digits, hyphens and dots; give it such an id.', 'Type_Specific_Checks_DT_ID_Valid');
const resourceIdChars = wrong('A resource id has letters, digits, hyphens and dots only; give the resource such an id.', 'Resource_RES_ID_Malformed_Chars');
const resourceIdLength = wrong('A resource id has at most 64 characters; shorten it.', 'Resource_RES_ID_Malformed_Length');
const base64 = wrong('This is not base64; encode the bytes again, with padding.', 'Type_Specific_Checks_DT_Base64_Valid');
const spacedBase64 = wrong('Base64 should have no blanks or line breaks (RFC 4648); remove them.', 'Type_Specific_Checks_DT_Base64_No_WS', 'warning');
const timeForm = wrong('This is not a time as FHIR writes it; use hh:mm:ss, without a time zone.', 'Type_Specific_Checks_DT_Time_Valid');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const oid = /^[0-2](\.(0|[1-9][0-9]*))+$/;

const uriFindings = (run: Run, type: string, v: string): void => {
  if (/[\s\0-\x20]/.test(v)) return run.add(blank);
  if (v.startsWith('oid:')) return run.add(oidPrefix);
  if (v.startsWith('uuid:')) return run.add(uuidPrefix);
  if (v.startsWith('urn:uuid:') && !uuid.test(v.slice(9).split('#')[0]!.toLowerCase())) return run.add(badUuid);
  if (v.startsWith('urn:oid:') && !oid.test(v.slice(8))) return run.add(badOid);
  if (type === 'oid' && !v.startsWith('urn:oid:')) return run.add(oidPrefix);
  if (type === 'uuid' && !v.startsWith('urn:uuid:')) return run.add(uuidPrefix);
  if (type === 'canonical' && !v.startsWith('#') && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(v) && !v.startsWith('/')) run.add(relativeCanonical);
};

const temporalFindings = (run: Run, type: string, v: string): void => {
  const kind = temporal(v);
  if (type === 'date') { if (kind !== 'year' && kind !== 'month' && kind !== 'day') return run.add(dateForm); }
  else if (type === 'instant') { if (kind !== 'time-zone') return run.add(instantForm); }
  else if (kind === 'no-zone') return run.add(zone);
  else if (kind === 'invalid') return run.add(dateTimeForm);
  if (v < '1800' || v >= '2100') run.add(unlikelyYear);
};

const limits: Readonly<Record<string, readonly [number, number]>> = {
  integer: [-2147483648, 2147483647], unsignedInt: [0, 2147483647], positiveInt: [1, 2147483647] };

/** Why a primitive that `quick` did not let pass is wrong; nothing is said if it is right after all. `v` is not undefined. */
export const primitiveFindings = (run: Run, type: string, v: unknown): void => {
  if (typeof v === 'object') return run.add(v === null ? notEmpty : simple(Array.isArray(v) ? 'a list' : 'an object'));
  const kind = expected[type] ?? 'string';
  if (typeof v !== kind) return run.add(shape[kind]!);
  if (typeof v === 'number') {
    const limit = limits[type];
    if (limit && (!Number.isInteger(v) || v < limit[0] || v > limit[1])) run.add(integerForm(type));
    if (type === 'decimal' && !Number.isFinite(v)) run.add(decimalRange);
    return;
  }
  if (typeof v !== 'string') return;
  if (v === '') { run.add(notEmpty); run.add(ele1); return; }
  switch (type) {
    case 'uri': case 'url': case 'canonical': case 'oid': case 'uuid': uriFindings(run, type, v); break;
    case 'date': case 'dateTime': case 'instant': temporalFindings(run, type, v); break;
    case 'time': if (!isTime(v)) run.add(timeForm); break;
    case 'id': if (!/^[A-Za-z0-9.-]{1,64}$/.test(v)) run.add(idForm); break;
    case 'code': if (!/^\S+( \S+)*$/.test(v)) run.add(codeBlanks); break;
    case 'base64Binary': if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(v) || v.replace(/\s/g, '').length % 4 !== 0) run.add(base64); else if (/\s/.test(v)) run.add(spacedBase64); break;
    case 'xhtml': xhtmlFindings(run, v); break;
    case 'markdown': if (/(?<!\\)<\/?[A-Za-z][A-Za-z0-9-]*[\s>]|<[!?]/.test(v.slice(0, 100_000))) run.add(html); break;
    default:
  }
  if (v.length > 1_048_576 && (type === 'string' || type === 'markdown')) run.add(tooLong);
  if (type === 'string' && v.trim() !== v) run.add(spaced);
};

/** HTML in a text: http://hl7.org/fhir/R4/security.html#narrative; an error where it is `forbidden`, in Markdown too. */
export const markupFindings = (run: Run, type: string, v: string, forbidden: boolean): void => {
  if ((type === 'string' || (forbidden && type === 'markdown')) && hasHtmlTag(v)) run.add(forbidden ? noMarkup : markup);
};

/** `Resource.id`, whose messages are its own. */
export const resourceIdFindings = (run: Run, v: unknown): void => {
  if (typeof v !== 'string') return primitiveFindings(run, 'id', v);
  if (v.length > 64) run.add(resourceIdLength);
  else if (!/^[A-Za-z0-9.-]+$/.test(v)) run.add(resourceIdChars);
  if (v === '') { run.add(notEmpty); run.add(ele1); }
};

/** What the text says of a number that JavaScript's own form does not: asked only where the scan saw such a number. */
export const numberFindings = (run: Run, type: string, v: number): void => {
  if (type === 'decimal') {
    const inexact = run.scan?.longNumbers.get(v);
    if (inexact === undefined) return;
    const written = inexact ? run.lexeme(lexemes) : String(v);
    if (written !== undefined && /e/i.test(written) ? !Number.isFinite(Number(written)) || v === 0 : (written ?? '').replace(/[-.]/g, '').length > 17) run.add(decimalRange);
  } else if (run.scan?.oddIntegers.has(v)) {
    const written = run.lexeme(lexemes);
    if (written !== undefined && /[.eE]/.test(written)) run.add(integerForm(type));
  }
};

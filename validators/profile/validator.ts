/**
 * The profile validator, as the pipeline and the CLI call it.
 *
 *     const packages = await loadPackages(['hl7.fhir.r4.core', 'hl7.fhir.us.core@6.1.0']);   // packages/load.ts
 *     const validator = createProfileValidator({ packages });
 *     const findings = validator.validate(bytes);            // of one resource, UTF-8 JSON
 *     const outcome = operationOutcome(findings);            // outcome.ts
 *
 * `validate` never throws on input, keeps no state between calls, and reads no clock. `hash` names what it
 * checks by: the packages' contents and this code's version.
 */
import { constants, isUtf8 } from 'node:buffer';
import { keepLayout } from '../keep-layout.ts';
import { Checker, type Options } from './checker.ts';
import type { TerminologyFacts } from '../terminology/facts.ts';
import type { Definitions } from './definitions.ts';
import { compileWith, contextsOf } from './fhirpath-invariants.ts';
import type { ProfileFinding } from './finding.ts';
import { createProgram, type Program } from './program.ts';
import { checkBody } from './resource.ts';
import { isObject, TooDeep, word, type JsonObject, type Statement } from './run.ts';
import { statements } from './statements.ts';
import { maxDepth, scan, type Scan } from './scan.ts';
import { wellShaped } from './well-shaped.ts';
import { countZeros } from './written-size.ts';

export type { ProfileFinding } from './finding.ts';

/** Rises with every change of what the validator says. */
export const validatorVersion = 8;

export type ValidatorInput = {
  readonly packages: Definitions;
  /** Answers of a terminology server, for what the packages cannot tell. */
  readonly facts?: TerminologyFacts | undefined;
};
export type ValidateOptions = Partial<Options>;
/** What was found, and the resource as it was read: undefined where the bytes are no JSON object. */
export type Examined = { readonly findings: readonly ProfileFinding[]; readonly resource: JsonObject | undefined };
export type ProfileValidator = {
  readonly hash: string;
  readonly program: Program;
  /** What `examine` finds. */
  validate(bytes: Uint8Array, options?: ValidateOptions): readonly ProfileFinding[];
  examine(bytes: Uint8Array, options?: ValidateOptions): Examined;
};

const defaults: Options = { profiles: [], bestPractice: false, unknownExtension: 'information', allowExamples: true, displays: 'warning', securityChecks: false, hints: false, checkContained: true };

const fatal = (messageId: string, says: string): readonly ProfileFinding[] =>
  [{ rule: 'profile-json', severity: 'fatal', code: 'invalid', expression: '', says, unevaluated: false, messageId }];
const tooLong = fatal('Error_parsing_JSON_', 'The resource is longer than 512 MB, more than can be read as one; split it.');
const notUtf8 = fatal('Error_parsing_JSON_', 'The resource is not valid UTF-8; encode it as UTF-8.');
const tooDeep = fatal('Error_parsing_JSON_', `The resource is nested deeper than ${maxDepth} levels; flatten it.`);
const notJson = fatal('Error_parsing_JSON_', 'The resource is not valid JSON; correct its syntax.');
const notObject = fatal('Error_parsing_JSON_', 'A resource must be one JSON object.');
const failed: readonly ProfileFinding[] = [{ rule: 'profile-engine', severity: 'fatal', code: 'exception', expression: '', unevaluated: true,
  says: 'The validator failed on this resource, so it was not checked; please report it.' }];
const noType = fatal('Resource_RES_NoType', 'resourceType is missing or no string; name the type of the resource.');
const duplicate: Statement = { rule: 'profile-json', severity: 'error', code: 'invalid', messageId: 'DUPLICATE_JSON_PROPERTY',
  says: 'An object has the same property twice, and readers differ in which they take; keep one.' };

/** Messages that say an element is no element: a parser would drop it. */
const shapes: ReadonlySet<string> = new Set([statements.notObject, statements.notList, statements.emptyList, statements.emptyPrimitives, statements.nullItem].map((s) => s.messageId ?? '').concat('This_property_must_be_an_simple_value_not_'));

/** A second run over what a parser would keep, with the first run's findings of form: see well-shaped.ts. */
const withoutShape = (first: Checker, resource: JsonObject, settings: Options, scanned: Scan): readonly ProfileFinding[] => {
  const second = new Checker(first.program, settings, resource, first.bytes, first.text, scanned);
  checkBody(second, resource, settings.profiles);
  const ofForm = (f: ProfileFinding): boolean => f.rule === 'profile-json-shape' || f.rule === 'profile-invariant/ele-1';
  const key = (f: ProfileFinding): string => `${f.rule} ${f.expression} ${f.messageId ?? ''} ${f.profile ?? ''}`;
  const known = new Set(second.findings.map(key));
  return [...first.findings.filter((f) => ofForm(f) || (f.rule === 'profile-primitive-format' && !known.has(key(f)))), ...second.findings.filter((f) => !ofForm(f))];
};

/** Does a number's lexeme matter that a run without the scan could not know of? */
const lexemesMatter = ({ longNumbers, oddIntegers }: Scan, { lowest, highest }: Checker): boolean => {
  if (longNumbers.size > 0) return true;
  for (const odd of oddIntegers) if (odd >= lowest && odd <= highest) return true;
  return false;
};

/** The findings of one resource. A text as long as what was walked hides nothing from JSON.parse (written-size.ts), and is not scanned. */
const findingsOf = (program: Program, settings: Options, resource: JsonObject, bytes: Uint8Array, text: string): readonly ProfileFinding[] => {
  let checker = new Checker(program, settings, resource, bytes, text);
  const size = checkBody(checker, resource, settings.profiles);
  if (size === text.length) return checker.findings;
  // No integer may be written 0.0: where there can be one, the scan tells.
  if (size < text.length && checker.unescaped && (checker.lowest > 0 || checker.highest < 0) && size + 2 * countZeros(text) === text.length) return checker.findings;
  const scanned = scan(bytes);
  if (scanned.tooDeep) return tooDeep;
  if (lexemesMatter(scanned, checker)) {
    checker = new Checker(program, settings, resource, bytes, text, scanned);
    checkBody(checker, resource, settings.profiles);
  }
  const root = program.catalog.type(word(resource['resourceType']))?.root;
  if (root && checker.findings.some((f) => shapes.has(f.messageId ?? ''))) return withoutShape(checker, wellShaped(program.catalog, resource, root), settings, scanned);
  if (scanned.duplicates.length > 0) { checker.depth = 1; checker.add(duplicate); }
  return checker.findings;
};

export const createProfileValidator = ({ packages, facts }: ValidatorInput): ProfileValidator => {
  const program = createProgram(packages, { compileWith, contextsOf }, facts);
  keepLayout(new Checker(program, defaults, { resourceType: 'Basic' }, new Uint8Array(), ''), program);
  const examine = (bytes: Uint8Array, options?: ValidateOptions): Examined => {
    if (bytes.length > constants.MAX_STRING_LENGTH) return { findings: tooLong, resource: undefined };
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3); // a byte order mark: RFC 8259 §8.1 lets readers ignore it
    const text = (bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString(); // UTF-8
    if (text.includes('\ufffd') && !isUtf8(bytes)) return { findings: notUtf8, resource: undefined }; // what replaces a byte that is none
    const unlessDeep = (findings: readonly ProfileFinding[]): readonly ProfileFinding[] => (scan(bytes).tooDeep ? tooDeep : findings);
    let resource: unknown;
    try { resource = JSON.parse(text); } catch { return { findings: unlessDeep(notJson), resource: undefined }; }
    if (!isObject(resource)) return { findings: unlessDeep(notObject), resource: undefined };
    if (typeof resource['resourceType'] !== 'string') return { findings: unlessDeep(noType), resource };
    try {
      return { findings: findingsOf(program, options ? { ...defaults, ...options } : defaults, resource, bytes, text), resource };
    } catch (error) {
      if (error instanceof TooDeep) return { findings: tooDeep, resource };
      if (error instanceof RangeError || error instanceof TypeError) return { findings: unlessDeep(failed), resource };
      throw error;
    }
  };
  return { hash: `${validatorVersion}+${packages.hash}`, program, validate: (bytes, options) => examine(bytes, options).findings, examine };
};

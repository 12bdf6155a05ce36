import type { Severity } from '../../terms/finding.ts';
import type { ProfileFinding } from './finding.ts';
import { scan, type Scan } from './scan.ts';

/** Findings of one resource beyond this are counted, not kept. */
export const maxFindings = 1000;

export type JsonObject = { readonly [key: string]: unknown };
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A resource that the current one is held by, for what `#id`, `%rootResource` and Bundle references mean. */
export type Holder = { readonly resource: JsonObject; readonly depth: number; readonly parent: Holder | undefined; /** A Bundle, or in one. */ readonly bundled: boolean; /** BCP 47, where it says one. */ readonly language: string | undefined; memo: unknown; /** Element ids met so far. */ ids?: Set<string> };
const languageOf = ({ language }: JsonObject): string | undefined => (typeof language === 'string' ? language : undefined);
export const holderOf = (resource: JsonObject, depth: number, parent: Holder | undefined): Holder =>
  ({ resource, depth, parent, bundled: parent?.bundled === true || resource['resourceType'] === 'Bundle', language: languageOf(resource), memo: undefined });

/** What a finding states besides its place. */
export type Statement = {
  readonly rule: string; readonly severity: Severity; readonly code: string; readonly says: string;
  readonly messageId?: string; readonly profile?: string; readonly unevaluated?: boolean;
};

/** Elements in a path beyond which JSON may be nested deeper than scan.ts allows: an element is at most an object in a list. */
export const deepPath = 100;
/** What is no object as a text; `String` throws on objects that have a toString of their own. */
export const word = (value: unknown): string => (typeof value === 'object' && value !== null ? '' : String(value));

export class TooDeep extends Error {}

/** The path's lists, kept from one validation to the next: each is over before another begins. They hold element names, no values. */
const [names, indices]: [string[], number[]] = [[], []];
/** Texts made once for the indices that most paths have. */
const brackets: readonly string[] = Array.from({ length: 100 }, (_, i) => `[${i}]`);

/**
 * The state of one validation. Generated code pushes each element's name and index and reads nothing back: a path is
 * put together only where something is found. `names[i]` belongs to `indices[i]`, -1 for an element that is no list.
 */
export class Run {
  readonly names = names;
  readonly indices = indices;
  depth = 0;
  readonly findings: ProfileFinding[] = [];
  /** Of each finding, a number that equal expressions have in common. */
  private readonly places: number[] = [];
  omitted = 0;
  holder: Holder;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Undefined on a first run, which tells by `lowest` and `highest` whether one with the scan's numbers is needed. */
  readonly scan: Scan | undefined;
  /** No backslash in the text. */
  readonly unescaped: boolean;
  /** Of the integers met. */
  lowest = Infinity;
  highest = -Infinity;
  private written: ReadonlyMap<string, string> | undefined;
  /** Set while a value is only tried against a slice or profile: nothing found is kept. */
  trial = 0;
  /** Errors met on trial. */
  tried = 0;
  /** Profiles being checked, with the node: a profile that leads to itself on one node ends. */
  open: Set<string> | undefined;

  constructor(resource: JsonObject, bytes: Uint8Array, text: string, scan?: Scan) {
    this.holder = holderOf(resource, 1, undefined);
    this.bytes = bytes;
    this.text = text;
    this.scan = scan;
    this.unescaped = !text.includes('\\');
    this.names[0] = word(resource['resourceType']);
    this.indices[0] = -1;
    this.depth = 1;
  }

  /** Where a path is long: ends the validation of what the scan finds nested too deep, before it is walked. */
  tooDeep(): void { if (this.scan === undefined && scan(this.bytes).tooDeep) throw new TooDeep(); }

  rootResource(): JsonObject {
    let at = this.holder;
    while (at.parent) at = at.parent;
    return at.resource;
  }

  path(): string {
    let out = this.names[0]!;
    for (let i = 1; i < this.depth; i++) {
      const index = this.indices[i]!;
      out = index < 0 ? `${out}.${this.names[i]!}` : `${out}.${this.names[i]!}${brackets[index] ?? `[${index}]`}`;
    }
    return out;
  }

  /** The indices in the path as one number. */
  private place(below: string): number {
    let hash = 0;
    for (let i = 1; i < this.depth; i++) if (this.indices[i]! >= 0) hash = (Math.imul(hash, 31) + this.indices[i]! + 1) | 0;
    for (let i = 0; i < below.length; i++) {
      if (below.charCodeAt(i) !== 91) continue; // [
      let index = 0;
      for (let c = below.charCodeAt(++i); c >= 48 && c <= 57; c = below.charCodeAt(++i)) index = index * 10 + c - 48;
      hash = (Math.imul(hash, 31) + index + 1) | 0;
    }
    return hash;
  }

  /** The path as a definition names it, from the resource that holds the element: `Patient.contact.name`. */
  definitionPath(): string {
    const from = this.holder.depth;
    let out = word(this.holder.resource['resourceType']);
    for (let i = from; i < this.depth; i++) out += `.${this.names[i]!.replace(/\.ofType\(\w+\)$/, '[x]')}`;
    return out;
  }

  add(statement: Statement, below = ''): void {
    if (this.trial > 0) {
      if (statement.severity === 'error' || statement.severity === 'fatal') this.tried++;
      return;
    }
    const { findings, places } = this;
    if (findings.length >= maxFindings) { this.omitted++; return; }
    const expression = below === '' ? this.path() : `${this.path()}${below}`;
    const { rule, severity, code, says, messageId, profile, unevaluated = false } = statement;
    const place = this.place(below);
    for (let i = findings.length - 1; i >= 0 && i >= findings.length - 100; i--) {
      if (places[i] !== place) continue;
      const f = findings[i]!;
      if (f.says === says && f.rule === rule && f.messageId === messageId && f.severity === severity && f.expression === expression) return;
    }
    places.push(place);
    findings.push({ rule, severity, code, expression, says, unevaluated, messageId, profile });
  }

  /** Says it of the resource that holds the current element. */
  addAtResource(statement: Statement): void {
    const { depth } = this;
    this.depth = this.holder.depth;
    this.add(statement);
    this.depth = depth;
  }

  /** Runs a check without keeping what it finds; true if it met no error. */
  conforms(check: () => void): boolean {
    const [depth, tried] = [this.depth, this.tried];
    this.trial++;
    this.tried = 0;
    try { check(); return this.tried === 0; } finally { this.trial--; this.tried = tried; this.depth = depth; }
  }

  /** A number as it is written in the text; undefined where JavaScript's own form is the same. */
  lexeme(read: (text: string) => ReadonlyMap<string, string>): string | undefined {
    this.written ??= read(this.text);
    let path = '';
    for (let i = 1; i < this.depth; i++) {
      const choice = /^(.*)\.ofType\((\w)(\w*)\)$/.exec(this.names[i]!);
      const name = choice ? `${choice[1]!}${choice[2]!.toUpperCase()}${choice[3]!}` : this.names[i]!;
      path += `${path === '' ? '' : '.'}${name}${this.indices[i]! >= 0 ? `[${this.indices[i]!}]` : ''}`;
    }
    return this.written.get(path);
  }
}

import type { Checker } from './checker.ts';
import type { Structure } from './element-tree.ts';
import type { Profile } from './program.ts';
import { isAbsolute } from './bundle-index.ts';
import { checkContext, type Place } from './extension-context.ts';
import { deepPath, isObject, type JsonObject, type Statement } from './run.ts';
import { statements } from './statements.ts';

/** A list of extensions: form, url, the definition where one is loaded, context and modifier rules. Gives its written size. */
export const checkExtensions = (checker: Checker, value: unknown, modifier: boolean, place: Place): number => {
  const label = modifier ? 'modifierExtension' : 'extension';
  if (!Array.isArray(value)) { checker.enter(label, -1); checker.add(statements.notList); checker.depth--; if (isObject(value)) checkExtensions(checker, [value], modifier, place); return Number.NaN; }
  if (value.length === 0) { checker.enter(label, -1); checker.add(statements.emptyList); checker.depth--; return Number.NaN; }
  if (checker.depth > deepPath) checker.tooDeep();
  // Extensions inside a complex extension have urls of its own, checked by its definition.
  const nested = checker.depth > 1 && /^(modifierE|e)xtension$/.test(checker.names[checker.depth - 1]!);
  let size = 1;
  for (let i = 0; i < value.length; i++) {
    const extension: unknown = value[i];
    checker.enter(label, i);
    if (!isObject(extension)) { size = Number.NaN; checker.add(extension === null ? statements.nullItem : statements.notObject); }
    else {
      const { url } = extension;
      const around = checker.extensionUrl;
      checker.extensionUrl = url;
      size += 1 + checker.program.extension(extension, checker);
      checker.extensionUrl = around;
      if (typeof url === 'string' && url !== '') one(checker, extension, url, modifier, place, nested);
      else checker.add(statements.noUrl);
    }
    checker.depth--;
  }
  return size;
};

const unknown: Statement = { rule: 'profile-extension-unknown', severity: 'information', code: 'structure', messageId: 'Extension_EXT_Unknown', unevaluated: true,
  says: 'No loaded package defines this extension, so only its form was checked; add its package to have it checked.' };
const notHere: Statement = { rule: 'profile-extension-unknown', severity: 'error', code: 'structure', messageId: 'Extension_EXT_Unknown_NotHere',
  says: 'No loaded package defines this extension, and only extensions that are defined are allowed; add its package or remove the extension.' };
/** Examples, and HL7's own: its extensions pack has more than R4 knew. Not an implementation guide's (`/fhir/us/…`), which are in its package. */
const mayBeDefined = (url: string): boolean => /^https?:\/\/([\w.-]+\.)?(example\.org|acme\.com|nema\.org)\/|^http:\/\/hl7\.org\/fhir\/(?!(us|uv|[a-z]{2})\/)/.test(url);

const versionHere: Statement = { rule: 'profile-extension-url', severity: 'error', code: 'invalid', messageId: 'EXT_VER_URL_NOT_ALLOWED', says: "An extension's url names no version; take the version out of it." };
const otherVersion: Statement = { ...versionHere, messageId: 'EXT_VER_URL_REVERSION', says: "An extension's url names no version, and another one of this extension is loaded; take the version out of the url." };
const versionUnknown: Statement = { ...versionHere, severity: 'warning', messageId: 'EXT_VER_URL_NO_MATCH' };

/** What the url means without a version, which it is not to have: http://hl7.org/fhir/R4/extensibility.html#extension */
const versioned = (checker: Checker, url: string, found: Profile | undefined): Profile | undefined => {
  const bar = url.indexOf('|');
  if (bar < 0) return found;
  const profile = checker.program.profile(url.slice(0, bar)) ?? found;
  checker.add(!profile ? versionUnknown : profile.structure.version === url.slice(bar + 1) ? versionHere : otherVersion);
  return profile;
};

const one = (checker: Checker, extension: JsonObject, url: string, modifier: boolean, place: Place, nested: boolean): void => {
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(url)) {
    if (!nested) checker.add({ rule: 'profile-extension-url', severity: 'error', code: 'invalid', messageId: 'Extension_EXT_URL_Absolute', says: "An extension's url must be absolute; give the whole URL of its definition." });
    return;
  }
  let profile = checker.program.profile(url);
  if (profile?.structure.url.length !== url.length) profile = versioned(checker, url, profile);
  if (!profile || profile.structure.type !== 'Extension') {
    if (!checker.options.allowExamples && /^https?:\/\/(www\.)?example\.(org|com)\//.test(url)) {
      checker.add({ rule: 'profile-extension-unknown', severity: 'error', code: 'structure', messageId: 'Extension_EXT_Unknown_NotHere', says: 'No loaded package defines this extension, and its url is one for examples; use an extension that is defined.' });
      checker.add({ rule: 'profile-extension-url', severity: 'error', code: 'invalid', messageId: 'TYPE_SPECIFIC_CHECKS_DT_CANONICAL_EXAMPLE', says: 'URLs for examples are not allowed here; use the URL of a definition.' }, '.url');
    } else if (modifier) {
      checker.add({ rule: 'profile-extension-unknown', severity: 'error', code: 'structure', messageId: 'Extension_EXT_Unknown_NotHere',
        says: 'A modifier extension changes the meaning of what holds it, and no loaded package defines this one; add its package.' });
    } else if (checker.options.unknownExtension === 'error' && !mayBeDefined(url)) checker.add(notHere);
    else checker.add(unknown);
    return;
  }
  const isModifier = profile.structure.root.definition.isModifier === true;
  if (isModifier !== modifier) {
    checker.add({ rule: 'profile-extension-modifier', severity: 'error', code: 'structure', messageId: isModifier ? 'Extension_EXT_Modifier_Y' : 'Extension_EXT_Modifier_N', profile: profile.structure.url,
      says: isModifier ? 'This extension changes meaning and must be a modifierExtension; move it there.' : 'This extension does not change meaning and must not be a modifierExtension; move it to extension.' });
  }
  checker.depth--; // the context is where the extension is, not the extension
  checkContext(checker, profile.structure, extension, place);
  checker.depth++;
  partsOf(checker, extension, profile.structure);
  profile.check?.(extension, checker);
};

/** The relative urls of a complex extension's parts are those of its definition. */
const partsOf = (checker: Checker, extension: JsonObject, { root, url }: Structure): void => {
  const parts = extension['extension'];
  if (!Array.isArray(parts)) return;
  const slices = root.children.find((c) => c.name === 'extension')?.slices ?? [];
  const known = new Set(slices.map((s) => s.children.find((c) => c.name === 'url')?.fixed?.value ?? s.types[0]?.profile?.[0]));
  if (known.size === 0 || known.has(undefined)) return;
  parts.forEach((part: unknown, i) => {
    if (!isObject(part) || typeof part['url'] !== 'string' || known.has(part['url']) || isAbsolute(part['url'])) return;
    checker.add({ rule: 'profile-extension-url', severity: 'error', code: 'invalid', messageId: 'Extension_EXT_SubExtension_Invalid', profile: url,
      says: `The definition of this extension has no part of this url; it has ${[...known].join(', ')}.` }, `.extension[${i}]`);
  });
};

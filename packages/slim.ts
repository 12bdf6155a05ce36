/** A FHIR resource as parsed JSON. */
export type Json = { [key: string]: unknown };

const dropped = new Set(['text', 'contact', 'copyright', 'purpose', 'useContext', 'jurisdiction', 'publisher', 'contained', 'requirements', 'mapping']);
const droppedOfElement = new Set(['short', 'definition', 'comment', 'requirements', 'alias', 'mapping', 'example', 'isSummary',
  'meaningWhenMissing', 'isModifierReason', 'condition', 'orderMeaning', 'label', 'code']);
/** Extensions of an ElementDefinition, binding, type or constraint that change what is valid. */
const kept = /\/(regex|elementdefinition-(maxValueSet|minValueSet|bestpractice|translatable)|additional-binding|extension-ElementDefinition\.binding\.additional|structuredefinition-fhir-type|elementdefinition-bestpractice-explanation|maxSize|minLength|mimeType|obligation|structuredefinition-(hierarchy|display-hint))$/;

const withoutExtensions = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (value === null || typeof value !== 'object') return value;
  const out: Json = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'extension' && Array.isArray(item)) {
      const rest = item.filter((e) => kept.test(String((e as Json)['url'])));
      if (rest.length > 0) out[key] = rest;
    } else out[key] = withoutExtensions(item);
  }
  return out;
};

const slimElement = (element: Json): Json => {
  const out: Json = {};
  for (const [key, value] of Object.entries(element)) {
    if (droppedOfElement.has(key)) continue;
    // Fixed values and patterns are compared whole, extensions included.
    out[key] = /^(fixed|pattern|defaultValue)/.test(key) ? value : withoutExtensions(value);
  }
  return out;
};

const elements = (view: unknown): unknown =>
  view && typeof view === 'object' ? { element: ((view as Json)['element'] as Json[]).map(slimElement) } : undefined;

/** HL7's extensions packs say of a context which versions of FHIR it is for: http://hl7.org/fhir/extensions/StructureDefinition-version-specific-use.html */
const isOfR4 = (use: Json): boolean => {
  const version = (name: string): unknown => (use['extension'] as Json[] | undefined)?.find((e) => e['url'] === name)?.['valueCode'];
  const [first, last] = [version('startFhirVersion'), version('endFhirVersion')];
  return (typeof first !== 'string' || first.slice(0, 3) <= '4.0') && (typeof last !== 'string' || last >= '4.0');
};
const contextsOfR4 = (contexts: readonly Json[]): readonly Json[] => {
  const ofR4 = contexts.filter((c) => ((c['extension'] ?? []) as Json[]).every((e) => !String(e['url']).endsWith('/version-specific-use') || isOfR4(e)));
  return ofR4.length > 0 ? ofR4 : contexts; // without any, it would be allowed everywhere
};

/** What a definition needs to keep for validation: some 15% of its bytes. A snapshot makes the differential unneeded. */
export const slim = (resource: Json): Json => {
  const type = resource['resourceType'];
  if (type === 'Questionnaire') return resource;
  const out: Json = {};
  for (const [key, value] of Object.entries(resource)) {
    if (dropped.has(key)) continue;
    if (key === 'snapshot' || key === 'differential') {
      if (type !== 'StructureDefinition' || (key === 'differential' && resource['snapshot'])) continue;
      out[key] = elements(value);
    } else out[key] = key === 'context' && Array.isArray(value) ? contextsOfR4(value as Json[]) : value;
  }
  return out;
};

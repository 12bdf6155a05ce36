import type { Coding, Extension } from '@medplum/fhirtypes';

/** What in a resource says that an AI made it, or how sure it was. */
export type AiMarks = {
  /** Paths of labels: meta.security, or the elements that carry an inline label. */
  readonly labels: readonly string[];
  /** The lowest confidence stated, 0 to 1. */
  readonly confidence?: number;
};

/**
 * AIAST, "Artificial Intelligence asserted" (v3-ObservationValue, by tho 6.0.0), and AIRPT,
 * "reported", which AI Transparency on FHIR 1.0.0-ballot had and later builds removed (FHIR-54801).
 */
const aiCodes: ReadonlySet<string> = new Set(['AIAST', 'AIRPT']);
export const isAiLabel = (coding: Coding | undefined): boolean => coding?.code !== undefined && aiCodes.has(coding.code);

const inlineLabel = 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';

export function aiMarks(resource: Readonly<Record<string, unknown>>): AiMarks | undefined {
  const labels: string[] = [];
  const type = String(resource['resourceType']);
  const meta = resource['meta'] as { security?: Coding[] } | undefined;
  meta?.security?.forEach((coding, index) => { if (isAiLabel(coding)) labels.push(`${type}.meta.security[${index}]`); });
  let confidence: number | undefined;
  inExtensions(resource, type, (extension, path) => {
    if (extension.url === inlineLabel && isAiLabel(extension.valueCoding)) labels.push(path);
    else if (typeof extension.url === 'string' && extension.url.endsWith('AIconfidence')) {
      const stated = confidenceOf(extension);
      if (stated !== undefined) confidence = Math.min(confidence ?? 1, stated);
    }
  });
  if (labels.length === 0 && confidence === undefined) return undefined;
  return { labels, ...(confidence === undefined ? {} : { confidence }) };
}

// A probability, a percentage, or the lower end of an interval; words are not compared with a floor.
function confidenceOf(extension: Extension): number | undefined {
  if (extension.valueDecimal !== undefined) return extension.valueDecimal;
  const quantity = extension.valueQuantity ?? extension.valueRange?.low;
  if (quantity?.value === undefined) return undefined;
  return quantity.code === '%' || quantity.unit === '%' || quantity.value > 1 ? quantity.value / 100 : quantity.value;
}

function inExtensions(element: object, path: string, visit: (extension: Extension, path: string) => void): void {
  for (const name in element) {
    const value = (element as Record<string, unknown>)[name];
    if (typeof value !== 'object' || value === null) continue;
    if (name === 'extension') {
      if (Array.isArray(value)) for (const extension of value as Extension[]) visit(extension, path);
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (typeof item === 'object' && item !== null) inExtensions(item, `${path}.${name}[${index}]`, visit);
      }
    } else inExtensions(value, `${path}.${name}`, visit);
  }
}

import table from '../../../fhir-profiles/knowledge/must-support.json' with { type: 'json' };
import type { Resource } from '../../../terms/rule.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

/** `value[x]` becomes its prefix: the type follows. */
type Step = { readonly name: string; readonly choice: boolean };
type Asked = { readonly path: string; readonly steps: readonly Step[] };

const byProfile = new Map<string, readonly Asked[]>(table.rows.map((row) => [row.profile, row.elements.map((path) => ({
  path: `${row.type}.${path}`, steps: path.split('.').map((name) => ({ name: name.replace('[x]', ''), choice: name.endsWith('[x]') })) }))]));

const dataAbsent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

function has(holder: Record<string, unknown>, { name, choice }: Step): boolean {
  // A primitive’s reason for absence stands in its shadow: http://hl7.org/fhir/R4/json.html#primitive
  if (holder[name] !== undefined || holder[`_${name}`] !== undefined) return true;
  if (!choice) return false;
  for (const own in holder) {
    const from = own.charCodeAt(0) === 95 ? 1 : 0;
    if (own.startsWith(name, from) && own.length > name.length + from && own.charCodeAt(name.length + from) <= 90) return true;
  }
  // Observation says elsewhere why it has no value of its own, or where its values are.
  return name === 'value' && (holder['dataAbsentReason'] ?? holder['component'] ?? holder['hasMember']) !== undefined;
}

/** Whether the element is there everywhere its parent is. */
function present(holder: unknown, steps: readonly Step[], at = 0): boolean {
  const step = steps[at];
  if (step === undefined || typeof holder !== 'object' || holder === null) return true;
  if (Array.isArray(holder)) return holder.length === 0 || holder.some((one) => present(one, steps, at));
  const one = holder as Record<string, unknown>;
  if (at === steps.length - 1) return has(one, step) || (one['extension'] as readonly { url: string }[] | undefined)?.some((extension) => extension.url === dataAbsent) === true;
  const next = one[step.name];
  return next === undefined || present(next, steps, at + 1);
}

export const completenessMustSupport = resourceRule({
  id: 'completeness-must-support', version: 1, category: 'completeness', owner: 'documentation',
  title: 'Must-support elements absent', why: 'What the profile promises and the record leaves out is missing wherever it would be used.',
  sources: ['http://hl7.org/fhir/us/core/STU6.1/must-support.html', 'HL7 PIQI Edition 1 (availability)'],
  reads: { '*': [] },
  check(resource: Resource) {
    const profiles = (resource['meta'] as { profile?: readonly string[] } | undefined)?.profile ?? [];
    const missing = new Set<string>();
    for (const profile of profiles) {
      for (const asked of byProfile.get(profile.split('|')[0] ?? profile) ?? []) if (!present(resource, asked.steps)) missing.add(asked.path);
    }
    const [first, ...rest] = missing;
    return first === undefined ? [] : [wrong(first, 'Elements that the profile marks must support are absent, and no reason is given.',
      { cause: resource.resourceType, evidence: rest.map((expression) => ({ expression })) })];
  },
});

import type { Reference } from '@medplum/fhirtypes';
import table from '../../../fhir-profiles/knowledge/reference-targets.json' with { type: 'json' };

/** An element that holds references; `*` allows any type. */
export type ReferenceElement = { readonly type: string; readonly name: string; readonly steps: readonly string[]; readonly targets: ReadonlySet<string> };

const byType = new Map([...Map.groupBy(table.rows, (row) => row.type)].map(([type, rows]) => [type,
  rows.map((row): ReferenceElement => ({ type, name: `${type}.${row.element}`, steps: row.element.split('.'), targets: new Set(row.targets) }))]));
// Where a visit is, kept outside so that nothing is allocated: hot. -1 where an element does not repeat.
const indices: number[] = [];
let visited: ReferenceElement | undefined;
const pathVisited = (): string => {
  const { type = '', steps = [] } = visited ?? {};
  return [type, ...steps.map((name, at) => ((indices[at] ?? -1) < 0 ? name : `${name}[${indices[at]}]`))].join('.');
};

/** Top-level elements that hold references, by type, with what is contained. */
export const referenceReads: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...byType].map(([type, rows]) => [type, [...new Set([...rows.map((row) => row.steps[0] ?? ''), 'contained'])]]));

type Visit = (reference: Reference & { reference: string }, element: ReferenceElement, path: () => string) => void;

type Under = { readonly name: string; readonly elements: readonly ReferenceElement[] };
/** Elements that hold references, by type and by the top-level element that they stand under. */
export type ReferencesOf = ReadonlyMap<string, readonly Under[]>;

/** @param only top-level elements by type; left out, all of the table */
export const referencesOf = (only?: Readonly<Record<string, readonly string[]>>): ReferencesOf => new Map([...byType].flatMap(([type, rows]) => {
  const under = [...Map.groupBy(rows, (row) => row.steps[0] ?? '')].filter(([name]) => only === undefined || only[type]?.includes(name) === true);
  return under.length === 0 ? [] : [[type, under.map(([name, elements]) => ({ name, elements }))] as const];
}));
const all = referencesOf();

/** Visits the references of a resource in the table's elements; a path is written only when asked for, and during the visit. */
export function eachReference(type: string, fields: Readonly<Record<string, unknown>>, visit: Visit, within = all): void {
  const under = within.get(type);
  if (under === undefined) return;
  for (const { name, elements } of under) {
    const first = fields[name];
    if (first !== undefined) for (const element of elements) descend(first, element, 1, visit);
  }
}

function descend(value: unknown, element: ReferenceElement, depth: number, visit: Visit): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      indices[depth - 1] = index;
      descendOne(value[index], element, depth, visit);
    }
  } else {
    indices[depth - 1] = -1;
    descendOne(value, element, depth, visit);
  }
}

function descendOne(value: unknown, element: ReferenceElement, depth: number, visit: Visit): void {
  if (typeof value !== 'object' || value === null) return;
  const step = element.steps[depth];
  if (step !== undefined) return descend((value as Record<string, unknown>)[step], element, depth + 1, visit);
  const reference = value as Reference;
  if (typeof reference.reference !== 'string') return;
  visited = element;
  visit(reference as Reference & { reference: string }, element, pathVisited);
}

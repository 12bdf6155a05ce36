import table from '../../../fhir-profiles/knowledge/reference-targets.json' with { type: 'json' };

/** Types that an element's reference may name, by `Type.element` without indices; `*` for any. */
export const allowedTargets: ReadonlyMap<string, ReadonlySet<string>> =
  new Map(table.rows.map((row) => [`${row.type}.${row.element}`, new Set(row.targets)]));

/** Top-level elements that hold references, by type, with what is contained. */
export const referenceReads: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...Map.groupBy(table.rows, (row) => row.type)].map(([type, rows]) => [type, [...new Set([...rows.map((row) => row.element.split('.')[0] ?? ''), 'contained'])]]));

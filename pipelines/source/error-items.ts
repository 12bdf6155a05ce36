import type { SourceItem } from '../../terms/resource-version.ts';
import { asJson, isString, listOf, type JsonObject } from './body.ts';
import { itemOf } from './ndjson-items.ts';
import { splitLines } from './lines.ts';
import { isResourceType } from './resource-types.ts';

/** What the source says it could not export. */
export type Reported = {
  /** Types that the report names; '*' where it names none. */
  readonly types: ReadonlySet<string>;
};

/**
 * Items of an `error` file: OperationOutcomes, all skipped.
 * @param report called for each issue of severity error or fatal
 */
export async function* errorItems(chunks: AsyncIterable<Buffer>, from: { offset: number; line: number },
  report: (reported: Reported) => Promise<void>): AsyncGenerator<SourceItem> {
  for await (const line of splitLines(chunks, from)) {
    const outcome = asJson(line.bytes);
    for (const issue of listOf(outcome?.['issue'])) {
      if (issue['severity'] === 'error' || issue['severity'] === 'fatal') await report({ types: namedTypes(issue) });
    }
    yield itemOf(line, 'export-error');
  }
}

/** The types an issue is about: from its paths, else from its text, which is read for type names only. */
function namedTypes(issue: JsonObject): ReadonlySet<string> {
  const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isString) : []);
  const details = typeof issue['details'] === 'object' && issue['details'] !== null ? (issue['details'] as JsonObject)['text'] : undefined;
  const places = [...strings(issue['expression']), ...strings(issue['location'])];
  const texts = [issue['diagnostics'], details].filter(isString);
  for (const words of [places, texts]) {
    const types = words.flatMap((text) => text.match(/\b[A-Z][A-Za-z]+\b/g) ?? []).filter(isResourceType).filter((type) => type !== 'OperationOutcome');
    if (types.length > 0) return new Set(types);
  }
  return new Set(['*']);
}

import type { Tx } from '../../storage/connect.ts';
import type { FileToLand, NewVersion } from '../../storage/landing.ts';
import { saveTally } from '../../storage/landed-tally.ts';
import { landedTally } from '../../validators/integrity/templates/landed-tally.ts';
import type { Named } from './versions.ts';

/** Counts what of a chunk became new heads, for what a run as a whole is compared by. */
export async function tallyChunk(tx: Tx, file: FileToLand, fromLine: number, named: readonly Named[], versions: readonly NewVersion[]): Promise<void> {
  const byLine = new Map(versions.filter((version) => version.head && !version.deletion).map((version) => [version.line, version.version]));
  if (byLine.size === 0) return;
  const tally = landedTally(file.asOf.toISOString());
  for (const one of named) {
    const version = byLine.get(one.item.line);
    if (version === undefined || 'deleted' in one) continue;
    try {
      tally.add(one.identified.resource, version);
    } catch {
      // A structure that FHIR does not have is no measure of anything; the profile findings say what is wrong with it.
    }
  }
  await saveTally(tx, { source: file.source, run: file.run, file: file.file, fromLine }, tally.done());
}

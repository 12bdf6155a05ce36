import type { Scores, Score } from '../../terms/score.ts';
import { AssayError } from '../../terms/errors.ts';
import type { Assessed, PiqiDocument } from '../../terms/piqi.ts';
import { verb } from '../verb.ts';

type ScoresOptions = { readonly source: string; readonly run?: string; readonly patient?: string; readonly resource?: string; readonly trend?: string; readonly format: string };
type Scored = Scores & { readonly source: string; readonly run: string | null; readonly at: Date | null };

/** With one score for a trend, the newest first; else one in all its parts; or PIQI's document. */
export const scores = verb<ScoresOptions, readonly Scored[] | PiqiDocument>({
  name: 'scores',
  summary: 'how much of what is stored passes the rules: HL7 PIQI’s results and Kahn’s categories, by type and rule, over runs',
  define: (command) => command
    .requiredOption('--source <name>', 'the source’s name')
    .option('--run <run>', 'as it stood when this run ended (default: the last)')
    .option('--trend <runs>', 'the last runs, the newest first')
    .option('--patient <id>', 'of one patient’s records, as they stand now')
    .option('--resource <reference>', 'of one resource, Type/ID, as it stands now')
    .option('--format <format>', 'text, or piqi: HL7 PIQI Edition 1’s rubric, modules and results as JSON (docs/scores.md)', 'text'),
  async run({ options }, context) {
    const [{ withProduct }, { runTallies, subjectTally }, { allRules }, { policyInForce }, { policySeed }, score, { piqi }] = await Promise.all([
      import('../product/with-product.ts'), import('../../storage/scores.ts'), import('../../validators/integrity/all-rules.ts'),
      import('../../storage/assessment.ts'), import('../policy-file.ts'), import('../../terms/score.ts'), import('../../terms/piqi.ts')]);
    if (!['text', 'piqi'].includes(options.format)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--format takes text or piqi');
    const resource = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/.exec(options.resource ?? '');
    if (options.resource !== undefined && resource === null) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--resource takes Type/ID');
    if (options.run !== undefined && !/^\d{1,18}$/.test(options.run)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--run takes a run’s number');
    return withProduct(context, {}, async ({ db }) => {
      const policy = await policyInForce(db, policySeed);
      const { source } = options;
      const subject = resource !== null ? { type: resource[1] ?? '', id: resource[2] ?? '' } : options.patient === undefined ? undefined : { patient: options.patient };
      const tallies = subject === undefined ? await runTallies(db, source, Math.max(1, Math.min(1_000, Number(options.trend ?? 1) || 1)), options.run)
        : [{ run: null, at: null, ...await subjectTally(db, source, subject) }];
      if (options.format === 'piqi') {
        return piqi(tallies.map(({ run, types, rules }): Assessed => ({ messageID: run ?? options.resource ?? `Patient/${options.patient ?? ''}`, source, tally: { types, rules } })), allRules, policy);
      }
      return tallies.map(({ run, at, ...tally }) => ({ source, run, at, ...score.scores(tally, allRules, policy.body) }));
    });
  },
  print(found, line) {
    if ('results' in found) return line(JSON.stringify(found, null, 2));
    const [first] = found;
    if (first === undefined) return line('No run of this source has ended since scores are kept.');
    if (found.length > 1) {
      for (const one of found) line(`run ${String(one.run).padStart(6)}  ${one.at?.toISOString() ?? ''}  ${shown(one.all)}  ${one.byDimension.map((part) => `${part.dimension} ${part.piqiScore}`).join(', ')}`);
      return;
    }
    line(`all ${shown(first.all)}`);
    for (const part of first.byDimension) line(`${part.dimension.padEnd(26)} ${shown(part)}`);
    line('');
    for (const part of first.byCategory) line(`${part.category.padEnd(26)} ${shown(part)}`);
    line('');
    for (const part of first.byType) line(`${part.type.padEnd(26)} ${shown(part)}  ${part.resources.toLocaleString('en')} records`);
    line('');
    for (const part of first.byRule) line(`${part.rule.padEnd(36)} ${shown(part)}`);
  },
});

const shown = (one: Score): string => `${String(one.piqiScore).padStart(3)}% (weighted ${one.weightedPIQIScore}%), ${one.numerator.toLocaleString('en')} of ${one.denominator.toLocaleString('en')}`
  + `${one.criticalFailureCount === 0 ? '' : `, ${one.criticalFailureCount.toLocaleString('en')} critical`}`;

import type { Duties } from '../../console/api/duties.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';
import { doing } from './duty.ts';

type OfPatient = { readonly source: string; readonly patient: string };

export const holdsPlace = verb<OfPatient & { because: string }, { hold: string }>({
  name: 'holds place',
  summary: 'a legal hold: nothing of this patient is destroyed until it is lifted',
  define: (command) => command.requiredOption('--source <name>', 'the source’s name').requiredOption('--patient <id>', 'the patient’s id at the source').requiredOption('--because <text>', 'why'),
  run: ({ options }, context) => doing(context, async (duties, by) => ({ hold: await duties.placeHold({ ...options, by }) })),
  print: ({ hold }, line) => line(`Hold ${hold} is on the record. All of them: assay audit holds`),
});

export const holdsLift = verb<OfPatient, { lifted: number }>({
  name: 'holds lift',
  summary: 'lift the legal holds on a patient’s record',
  define: (command) => command.requiredOption('--source <name>', 'the source’s name').requiredOption('--patient <id>', 'the patient’s id at the source'),
  run: ({ options }, context) => doing(context, async (duties, by) => ({ lifted: await duties.liftHold({ ...options, by }) })),
  print: ({ lifted }, line) => line(`${lifted} hold${lifted === 1 ? ' is' : 's are'} lifted.`),
});

export const retentionSet = verb<{ years: string; because: string }, { id: string }>({
  name: 'retention set',
  summary: 'how long records of a schedule are kept, from now on',
  define: (command) => command.argument('<name>', 'the schedule’s name').requiredOption('--years <n>', 'years after the newest record').requiredOption('--because <text>', 'the law or rule that asks for it'),
  async run({ args: [name = ''], options: { years, because } }, context) {
    if (!/^\d{1,3}$/.test(years) || Number(years) > 200) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--years');
    return doing(context, async (duties, by) => ({ id: await duties.setSchedule({ name, years: Number(years), because, by }) }));
  },
  print: (_, line) => line('It is on record. Whose time is over: assay audit due --schedule NAME'),
});

type Destroying = OfPatient & { readonly schedule: string; readonly because?: string; readonly yes?: boolean };
type Preview = Awaited<ReturnType<Duties['previewDestruction']>>;
type Destroyed = { readonly preview: Preview } | { readonly certificate: string; readonly versions: number; readonly retracted: number };

export const destroy = verb<Destroying, Destroyed>({
  name: 'destroy',
  summary: 'destroy what is stored of a patient, under a retention schedule; without --yes only say what would go',
  define: (command) => command.requiredOption('--source <name>', 'the source’s name').requiredOption('--patient <id>', 'the patient’s id at the source')
    .requiredOption('--schedule <name>', 'the retention schedule’s name').option('--because <text>', 'why; needed with --yes').option('--yes', 'destroy it; it cannot be undone'),
  async run({ options: { because, yes = false, ...of } }, context) {
    if (yes && because === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--because');
    return doing<Destroyed>(context, async (duties, by) => yes ? duties.destroy({ ...of, because: because ?? '', by }) : { preview: await duties.previewDestruction(of) });
  },
  print(result, line) {
    if ('certificate' in result) return line(`Certificate ${result.certificate}: ${result.versions} versions of records are destroyed, ${result.retracted} entries of the feeds taken back first. All certificates: assay audit destructions`);
    const { versions, newest, held, over, entries, readers } = result.preview;
    line(`${versions} versions of records would be destroyed; the newest is of ${newest ?? 'no time'}. ${entries} entries of the feeds would be taken back.`);
    for (const one of readers) line(`${one.consumer} was given ${one.entries} of them; its copy is for it to destroy.`);
    line(held ? 'A legal hold is on this record: it cannot be destroyed.' : over ? 'The schedule’s time is over. To destroy: the same with --yes --because TEXT.' : 'The schedule’s time is not over.');
  },
});

export const accountingSuspend = verb<{ until: string; because: string; written?: boolean; source?: string; patient?: string }, { id: string }>({
  name: 'accounting suspend',
  summary: 'leave a recipient out of accountings of disclosures for a time, as an agency asked (45 CFR 164.528(a)(2))',
  define: (command) => command.argument('<consumer>', 'the consumer’s name').requiredOption('--until <day>', 'the last day').requiredOption('--because <text>', 'who asked, and why')
    .option('--written', 'the agency’s statement is in writing; else 30 days at most').option('--source <name>', 'with --patient: the source’s name').option('--patient <id>', 'of this patient alone'),
  async run({ args: [consumer = ''], options: { until, because, written = false, source, patient } }, context) {
    const end = new Date(`${until}T23:59:59Z`);
    if (Number.isNaN(end.getTime())) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--until');
    if ((source === undefined) !== (patient === undefined)) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--source and --patient go together');
    return doing(context, async (duties, by) => ({ id: await duties.suspendAccounting({ consumer, until: end, because, written, by, ...(source === undefined || patient === undefined ? {} : { source, patient }) }) }));
  },
  print: (_, line) => line('It is on record. All of them: assay audit suspensions'),
});

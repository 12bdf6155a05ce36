import { amendmentAnswers, type AmendmentStep } from '../../storage/amendments.ts';
import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';
import { collect, doing } from './duty.ts';

type Told = { readonly id: string; readonly told: number };

export const amendmentsRequest = verb<{ source: string; patient: string; record: readonly string[]; says: string; named?: readonly string[] }, Told>({
  name: 'amendments request',
  summary: 'a patient asks that records be amended (45 CFR 164.526); the EHR decides',
  define: (command) => command.requiredOption('--source <name>', 'the source’s name').requiredOption('--patient <id>', 'the patient’s id at the source')
    .requiredOption('--record <record>', 'Type/id for the newest version, or a version’s number here; may repeat', collect)
    .requiredOption('--says <text>', 'what the patient asks for').option('--named <consumer>', 'a consumer that the patient wants told; may repeat', collect),
  run: ({ options: { record, named = [], ...asked } }, context) => doing(context, (duties, by) => duties.requestAmendment({ ...asked, records: record, named, by })),
  print: ({ id }, line) => line(`Request ${id} is on record. What became of it: assay amendments answer ${id} --step accepted|denied --says TEXT`),
});

export const amendmentsAnswer = verb<{ step: string; says: string; named?: readonly string[] }, Told>({
  name: 'amendments answer',
  summary: 'what became of a request to amend: recipients are told',
  define: (command) => command.argument('<request>', 'the request’s number').requiredOption('--step <step>', amendmentAnswers.join(', '))
    .requiredOption('--says <text>', 'what was answered').option('--named <consumer>', 'a consumer that the patient wants told; may repeat', collect),
  async run({ args: [request = ''], options: { step, says, named = [] } }, context) {
    if (!/^\d{1,18}$/.test(request)) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'the request’s number');
    const known = amendmentAnswers.find((one): one is Exclude<AmendmentStep, 'requested'> => one === step);
    if (known === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--step');
    return doing(context, (duties, by) => duties.answerAmendment({ request, step: known, says, named, by }));
  },
  print: ({ told }, line) => line(`It is on record. ${told} recipient${told === 1 ? ' is' : 's are'} told; who has taken note: assay audit amendments`),
});

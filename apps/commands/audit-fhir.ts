import { AssayError } from '../../terms/errors.ts';
import { verb } from '../verb.ts';

type Options = { readonly entry?: string; readonly source?: string; readonly patient?: string };

export const auditFhir = verb<Options, object>({
  name: 'audit fhir',
  summary: 'the FHIR Provenance of an entry of the feeds, or the AuditEvents about a patient, as a Bundle',
  define: (command) => command.option('--entry <entry>', 'the entry’s number in the feeds').option('--source <name>', 'with --patient: the source’s name')
    .option('--patient <id>', 'the patient’s id at the source'),
  async run({ options: { entry, source, patient } }, context) {
    if ((entry === undefined) === (patient === undefined) || (entry !== undefined && !/^\d{1,15}$/.test(entry))) throw new AssayError('ASSAY_ARGUMENT_INVALID', 'exactly one of --entry, --patient');
    if (patient !== undefined && source === undefined) throw new AssayError('ASSAY_ARGUMENT_INVALID', '--source');
    const [{ withProduct }, { auditEventBundle, provenanceBundle }, { patientKey }, { recordAsking }] = await Promise.all([
      import('../product/with-product.ts'), import('../../ledger/standards/bundle.ts'),
      import('../../ledger/questions/all-questions.ts'), import('../product/record-asking.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      if (entry !== undefined) return provenanceBundle(db, Number(entry));
      const events = await auditEventBundle(db, await patientKey(db, source ?? '', patient ?? ''));
      await recordAsking(db, 'record-viewed', 'fhir', { source: source ?? '', patient: patient ?? '' });
      return events;
    });
  },
  print: (result, line) => line(JSON.stringify(result, null, 2)),
});

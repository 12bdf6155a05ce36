import { misbehaviour } from './misbehaviour.ts';

export const hugeLine = misbehaviour({
  name: 'huge-line', seenAt: 'several (20 MB)',
  does: 'One DocumentReference more in the export, its line longer than so many bytes.',
  parameters: { bytes: 20_000_000 },
  start: ({ bytes }, { store }) => ({
    exported(job) {
      const file = job.files.find(({ type, kind }) => type === 'DocumentReference' && kind === 'output');
      const [patient] = store.current('Patient');
      if (!file || !patient) return false;
      file.lines.push(Buffer.from(JSON.stringify({
        resourceType: 'DocumentReference', id: 'huge-line', status: 'current',
        type: { coding: [{ system: 'http://loinc.org', code: '34117-2', display: 'History and physical note' }] },
        category: [{ coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', code: 'clinical-note' }] }],
        subject: { reference: `Patient/${patient.id}` },
        content: [{ attachment: { contentType: 'text/plain', data: Buffer.alloc(Math.ceil((bytes * 3) / 4 / 3) * 3, 'note ').toString('base64') } }],
      })));
      return true;
    },
  }),
});

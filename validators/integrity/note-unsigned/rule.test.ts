import { patientCases } from '../../../test/support/rule-cases.ts';
import { noteUnsigned } from './rule.ts';

const note = (more: object) => ({ resourceType: 'DocumentReference', id: 'd', status: 'current', date: '2026-08-01T10:00:00Z', author: [{ reference: 'Practitioner/a' }], ...more });
const scribe = { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/a' }, code: [{ text: 'Medical scribe' }] };

patientCases(noteUnsigned, {
  'preliminary for months': [[note({ docStatus: 'preliminary' })], ['DocumentReference/d wrong DocumentReference.docStatus']],
  'a composition': [[{ resourceType: 'Composition', id: 'c', status: 'preliminary', date: '2026-08-01' }], ['Composition/c wrong Composition.status']],
  'a report that is a note': [[{ resourceType: 'DiagnosticReport', id: 'd', status: 'partial', issued: '2026-08-01T00:00:00Z', category: [{ coding: [{ display: 'History and physical note' }] }] }],
    ['DiagnosticReport/d wrong DiagnosticReport.status']],
  'by a scribe, not cosigned': [[note({ docStatus: 'final' }), scribe], ['DocumentReference/d wrong DocumentReference.author']],
  'by a resident named by qualification': [[note({}), { resourceType: 'Practitioner', id: 'a', qualification: [{ code: { text: 'Resident physician' } }] }], ['DocumentReference/d wrong DocumentReference.author']],
  'by a scribe, cosigned': [[note({ authenticator: { reference: 'Practitioner/b' } }), scribe], []],
  'by a scribe and a physician': [[note({ author: [{ reference: 'Practitioner/a' }, { reference: 'Practitioner/b' }] }), scribe], []],
  'preliminary for three weeks': [[note({ docStatus: 'preliminary', date: '2026-10-12T10:00:00Z' })], []],
  'final': [[note({ docStatus: 'final' })], []],
  'superseded': [[note({ docStatus: 'preliminary', status: 'superseded' })], []],
  'a laboratory report': [[{ resourceType: 'DiagnosticReport', id: 'd', status: 'preliminary', issued: '2026-08-01T00:00:00Z', category: [{ coding: [{ code: 'LAB' }] }] }], []],
  'a report of somebody else': [[note({ docStatus: 'preliminary' })], [], { referenced: ['DocumentReference/d'] }],
  'a scribe’s, of last week': [[note({ author: [{ reference: 'PractitionerRole/r' }], date: '2026-10-25T10:00:00Z' }), scribe], []],
  'by a scribe, who signed it': [[note({ authenticator: { reference: 'Practitioner/a' } }), scribe], ['DocumentReference/d wrong DocumentReference.author']],
  'by a resident of the second year': [[note({}), { resourceType: 'Practitioner', id: 'a', qualification: [{ code: { text: 'MD, PGY-2' } }] }], ['DocumentReference/d wrong DocumentReference.author']],
});

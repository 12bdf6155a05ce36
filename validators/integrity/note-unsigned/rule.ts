import type { Composition, DiagnosticReport, DocumentReference, Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { day, moment } from '../reading/moments.ts';
import { targetOf } from '../reading/references.ts';
import { wrong } from '../say.ts';
import type { Either } from '../reading/either.ts';

type Waiting = { readonly version: string; readonly type: string; readonly authors: readonly string[]; readonly signers: readonly string[] };
type State = { readonly now: number; readonly juniors: Set<string>; readonly waiting: Waiting[]; readonly said: Said[] };

const days = 30;
// Who writes under somebody's responsibility, in the words of roles and qualifications.
const junior = /\b(scribe|resident|intern|medical student|student|trainee|pgy[ -]?\d|house ?officer|house staff)\b/i;
const open: Readonly<Record<string, string>> = { DocumentReference: 'docStatus', Composition: 'status', DiagnosticReport: 'status' };
const noteReports = /note|narrative/i;

export const noteUnsigned = patientRule<State>({
  id: 'note-unsigned', version: 2, category: 'completeness', owner: 'documentation', kind: 'judge',
  title: 'A note that nobody signed', why: 'An unsigned note is no part of the legal record and supports neither care nor a claim.',
  sources: ['42 CFR 482.24(c)(1) (authentication), (c)(4)(vii) (30 days after discharge)', 'CMS Program Integrity Manual 3.3.2.4 (signatures, scribes)'],
  parameters: { schema: { type: 'object', properties: { days: { type: 'integer', minimum: 1 } }, required: ['days'] }, defaults: { days } },
  reads: { DocumentReference: ['docStatus', 'status', 'date', 'author', 'authenticator'], Composition: ['status', 'date', 'author', 'attester'],
    DiagnosticReport: ['status', 'issued', 'effectiveDateTime', 'category'], Practitioner: ['qualification'], PractitionerRole: ['code', 'practitioner'] },
  start: (view) => ({ now: moment(view.asOf)?.from ?? 0, juniors: new Set(), waiting: [], said: [] }),
  step(state, entry) {
    const { fields, type, version } = entry;
    if (type === 'Practitioner' || type === 'PractitionerRole') {
      const words = JSON.stringify((fields as Partial<Practitioner>).qualification ?? (fields as Partial<PractitionerRole>).code ?? '');
      if (junior.test(words)) state.juniors.add(`${type}/${entry.id}`).add((fields as Partial<PractitionerRole>).practitioner?.reference ?? '');
      return;
    }
    const note = fields as Either<DiagnosticReport, DocumentReference, Composition>;
    if (entry.place !== 'compartment' || note.status === 'entered-in-error' || note.status === 'superseded') return;
    if (type === 'DiagnosticReport' && !noteReports.test(JSON.stringify(note.category ?? ''))) return;
    const element = open[type] ?? 'status';
    const at = moment(entry.time)?.to;
    if ((fields[element] === 'preliminary' || fields[element] === 'partial') && at !== undefined && state.now - at > days * day) {
      state.said.push(wrong(`${type}.${element}`, 'This note is still preliminary more than a month after it was written; its author must sign it or strike it.', { version }));
    } else if (type !== 'DiagnosticReport' && at !== undefined && state.now - at > days * day) {
      const signers = [note.authenticator, ...(note.attester ?? []).map(({ party }) => party ?? {})].filter((one) => one !== undefined);
      state.waiting.push({ version, type, authors: (note.author ?? []).flatMap((author) => author.reference ?? []), signers: signers.map(({ reference }) => reference ?? '') });
    }
  },
  end: (state) => [...state.said, ...state.waiting.flatMap(({ version, type, authors, signers }): Said[] => {
    // Written by a scribe or resident, and signed by nobody else: their own signature is no cosignature.
    const isJunior = (reference: string): boolean => { const target = targetOf(reference); return state.juniors.has(target.kind === 'relative' ? target.key : reference); };
    return authors.length > 0 && authors.every(isJunior) && signers.every(isJunior)
      ? [wrong(`${type}.author`, 'A scribe, student or resident wrote this note, and nobody has cosigned it.', { version })] : [];
  })],
});

import type { Queryable } from '../../storage/connect.ts';
import { AssayError } from '../../terms/errors.ts';
import { accountingOfDisclosures } from './accounting.ts';
import type { Answer, PatientKey } from './answer.ts';
import { entriesOfVersion } from './entries-of-version.ts';
import { failingSince } from './failing-since.ts';
import { modelSaw } from './model-saw.ts';
import { openRetractions } from './open-retractions.ts';
import { amendments } from './amendments.ts';
import { destructions } from './destructions.ts';
import { legalHolds } from './legal-holds.ts';
import { recipients } from './recipients.ts';
import { retentionOver } from './retention-over.ts';
import { retracted } from './retracted.ts';
import { schedules } from './schedules.ts';
import { suspensions } from './suspensions.ts';
import { traceOfEntry } from './trace-of-entry.ts';
import { viewersOfPatient } from './viewers-of-patient.ts';
import { waivers } from './waivers.ts';
import { wentOfPatient } from './went-of-patient.ts';

/** What a question may be given, as text. `at`, `until` and the `…By` are ISO 8601. */
export const parameters = {
  source: 'The source’s name', patient: 'The patient’s id at the source', version: 'The version’s number here', entry: 'The entry’s number in the feeds',
  rule: 'The rule’s id', released: 'The rule’s version under which it was released', failing: 'The rule’s version that it fails',
  model: 'The model, as the consumer names it', at: 'The moment', recordedBy: 'Written by the source until', effectiveBy: 'Happened until', after: 'Behind this entry',
  person: 'Who decided', reason: 'Words of the reason', until: 'Until this day',
  schedule: 'The retention schedule’s name',
} as const;
export type Parameter = keyof typeof parameters;
export type Given = Readonly<Partial<Record<Parameter, string>>>;

export type Question = {
  readonly name: string;
  readonly asks: string;
  readonly needs: readonly Parameter[];
  readonly takes?: readonly Parameter[];
  readonly ask: (db: Queryable, given: Reading) => Promise<Answer>;
};

/** The questions of governance, each once: the API, the commands and the page are made of this list. */
export const allQuestions: readonly Question[] = [
  { name: 'version', asks: 'Where did this version of a record go?', needs: ['version'], ask: (db, given) => entriesOfVersion(db, given.whole('version')) },
  { name: 'entry', asks: 'Where does this entry come from, and why was it let through?', needs: ['entry'], ask: (db, given) => traceOfEntry(db, given.number('entry')) },
  { name: 'patient', asks: 'What went anywhere about this patient?', needs: ['source', 'patient'], ask: async (db, given) => wentOfPatient(db, await given.person(db)) },
  { name: 'disclosures', asks: 'To whom was this patient’s record disclosed in six years?', needs: ['source', 'patient'], takes: ['until'],
    ask: async (db, given) => accountingOfDisclosures(db, { ...await given.person(db), until: given.time('until') ?? new Date() }) },
  { name: 'failing', asks: 'What was released under one version of a rule and fails a later one?', needs: ['rule', 'released', 'failing'],
    ask: (db, given) => failingSince(db, { rule: given.text('rule'), released: given.number('released'), failing: given.number('failing') }) },
  { name: 'waivers', asks: 'Which decisions let something through?', needs: [], takes: ['person', 'reason', 'until'],
    ask: (db, given) => waivers(db, { ...given.maybe('person'), ...given.maybe('reason'), ...given.times('until') }) },
  { name: 'viewers', asks: 'Who looked at this patient’s record?', needs: ['source', 'patient'], ask: async (db, given) => viewersOfPatient(db, await given.person(db)) },
  { name: 'model', asks: 'What did a model see at a moment?', needs: ['model', 'at'], takes: ['recordedBy', 'effectiveBy', 'source', 'patient', 'after'],
    ask: async (db, given) => modelSaw(db, {
      model: given.text('model'), at: given.time('at') ?? new Date(), ...given.times('recordedBy'), ...given.times('effectiveBy'),
      ...(given.has('patient') ? { patient: await given.person(db) } : {}), ...(given.has('after') ? { after: given.number('after') } : {}),
    }) },
  { name: 'retractions', asks: 'Which retractions wait for an acknowledgement?', needs: [], ask: (db) => openRetractions(db) },
  { name: 'retracted', asks: 'What was taken back, and who has acknowledged it?', needs: [], ask: (db) => retracted(db) },
  { name: 'amendments', asks: 'Which amendments were asked for, and what became of them?', needs: [], takes: ['source', 'patient'],
    ask: async (db, given) => amendments(db, given.has('patient') ? await given.person(db) : undefined) },
  { name: 'holds', asks: 'Whose records may not be destroyed, and why?', needs: [], ask: (db) => legalHolds(db) },
  { name: 'due', asks: 'Whose records’ time is over?', needs: ['schedule'], takes: ['source'],
    ask: async (db, given) => retentionOver(db, given.text('schedule'), given.has('source') ? (await given.person(db)).source : undefined) },
  { name: 'schedules', asks: 'How long are records kept?', needs: [], ask: (db) => schedules(db) },
  { name: 'destructions', asks: 'What was destroyed, under which certificate?', needs: [], ask: (db) => destructions(db) },
  { name: 'suspensions', asks: 'What is left out of accountings, and until when?', needs: [], ask: (db) => suspensions(db) },
  { name: 'recipients', asks: 'Who is each consumer in law, and why is it given data?', needs: [], ask: (db) => recipients(db) },
];

/** @throws AssayError ASSAY_QUESTION_UNKNOWN, ASSAY_QUESTION_PARAMETER, ASSAY_SOURCE_UNKNOWN, ASSAY_SCHEDULE_UNKNOWN */
export async function answerQuestion(db: Queryable, name: string, given: Given): Promise<Answer> {
  const question = allQuestions.find((one) => one.name === name);
  if (question === undefined) throw new AssayError('ASSAY_QUESTION_UNKNOWN');
  for (const needed of question.needs) if (!given[needed]) throw new AssayError('ASSAY_QUESTION_PARAMETER', needed);
  return question.ask(db, reading(given));
}

/** @throws AssayError ASSAY_SOURCE_UNKNOWN */
export async function patientKey(db: Queryable, source: string, patient: string): Promise<PatientKey> {
  const { rows: [row] } = await db.query<{ id: number }>('select id from source where name = $1', [source]);
  if (row === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
  return { source: row.id, patient };
}

type Reading = ReturnType<typeof reading>;

function reading(given: Given) {
  const refuse = (name: Parameter): never => { throw new AssayError('ASSAY_QUESTION_PARAMETER', name); };
  const time = (name: Parameter): Date | undefined => {
    const text = given[name];
    if (text === undefined || text === '') return undefined;
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? refuse(name) : at;
  };
  return {
    has: (name: Parameter): boolean => (given[name] ?? '') !== '',
    text: (name: Parameter): string => given[name] ?? refuse(name),
    /** A row's number, as text. */
    whole: (name: Parameter): string => (/^\d{1,18}$/.test(given[name] ?? '') ? given[name] ?? '' : refuse(name)),
    number: (name: Parameter): number => (/^\d{1,15}$/.test(given[name] ?? '') ? Number(given[name]) : refuse(name)),
    time,
    maybe: <N extends Parameter>(name: N): Partial<Record<N, string>> => (given[name] ? { [name]: given[name] } as Record<N, string> : {}),
    times: <N extends Parameter>(name: N): Partial<Record<N, Date>> => {
      const at = time(name);
      return at === undefined ? {} : { [name]: at } as Record<N, Date>;
    },
    person: (db: Queryable): Promise<PatientKey> => patientKey(db, given.source ?? '', given.patient ?? ''),
  };
}

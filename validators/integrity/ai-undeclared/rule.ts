import type { CommunicationPayload, Composition, DocumentReference, Observation, Reference } from '@medplum/fhirtypes';
import boilerplate from '../../../fhir-profiles/knowledge/ai-boilerplate.json' with { type: 'json' };
import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { noteOf } from '../reading/note-text.ts';
import { mergedReads } from '../reading/merged-reads.ts';
import { keyOf } from '../reading/references.ts';
import { wrong } from '../say.ts';
import { aiFold, type AiFold } from '../templates/ai-content.ts';
import type { Either } from '../reading/either.ts';

type Hint = { readonly version: string; readonly key: string; readonly type: string; readonly path: string; readonly device: string | undefined };
type State = { readonly fold: AiFold; readonly hints: Hint[] };

const pattern = new RegExp(boilerplate.rows.map((row) => `(?:${row.pattern})`).join('|'), 'i');

type Made = { readonly conclusion?: string; readonly payload?: CommunicationPayload[]; readonly performer?: Reference | Reference[]; readonly resultsInterpreter?: Reference[]; readonly sender?: Reference };

const others = new Set(['DiagnosticReport', 'RiskAssessment', 'Communication']);
/** Reports, risks and messages: who made them, and what they say. */
function otherHints({ type, fields }: ViewEntry): readonly Pick<Hint, 'device' | 'path'>[] {
  const made = fields as Made;
  const told = [{ text: made.conclusion ?? '', path: `${type}.conclusion` }, ...(made.payload ?? []).map((one, index) => ({ text: one.contentString ?? '', path: `${type}.payload[${index}].content` }))];
  const makers = (['performer', 'resultsInterpreter', 'sender'] as const).flatMap((element) => [made[element] ?? []].flat().map((reference) => ({ device: keyOf(reference), path: `${type}.${element}` })));
  return [...told.filter(({ text }) => text !== '' && pattern.test(text)).map(({ path }) => ({ device: undefined, path })), ...makers.filter(({ device }) => device?.startsWith('Device/') === true)];
}

export const aiUndeclared = patientRule<State>({
  id: 'ai-undeclared', version: 6, category: 'completeness', owner: 'ai', kind: 'judge',
  title: 'AI content that does not say so', why: 'What is not declared is never verified, and every other AI rule stays silent.',
  sources: ['http://hl7.org/fhir/uv/aitransparency (1.0.0-ballot)', 'California AB 3030 (2024)'],
  reads: mergedReads(aiFold.reads, { DocumentReference: ['author'], Composition: ['author'], Observation: ['performer', 'device'],
    DiagnosticReport: ['performer', 'resultsInterpreter', 'conclusion'], RiskAssessment: ['performer'], Communication: ['sender', 'payload'] }),
  shares: [aiFold],
  start: (view) => ({ fold: aiFold.start(view), hints: [] }),
  step(state, entry) {
    if (entry.place !== 'compartment') return;
    const hint = { version: entry.version, key: `${entry.type}/${entry.id}`, type: entry.type };
    if (entry.type === 'DocumentReference' || entry.type === 'Composition') {
      const note = noteOf(entry);
      if (note !== undefined && pattern.test(note.text)) state.hints.push({ ...hint, device: undefined, path: entry.type === 'Composition' ? 'Composition.section' : 'DocumentReference.content' });
      (entry.fields as Either<DocumentReference, Composition>).author?.forEach((author, index) => {
        const device = keyOf(author);
        if (device?.startsWith('Device/') === true) state.hints.push({ ...hint, device, path: `${entry.type}.author[${index}]` });
      });
    } else if (entry.type === 'Observation') {
      // A meter is a device too: only one that is known to be an AI counts.
      const device = keyOf((entry.fields as Partial<Observation>).device);
      if (device !== undefined) state.hints.push({ ...hint, device, path: 'Observation.device' });
    } else if (others.has(entry.type)) for (const { device, path } of otherHints(entry)) state.hints.push({ ...hint, device, path });
  },
  end({ fold, hints }) {
    const told = new Set<string>();
    const made: Hint[] = [...fold.generations].flatMap(([key, generations]) => generations.flatMap((generation) => generation.devices.map((device) => ({
      key, device: device.who, version: fold.versions.get(key) ?? '', type: key.slice(0, key.indexOf('/')), path: key.slice(0, key.indexOf('/')) })))).filter((hint) => hint.version !== '');
    return [...hints, ...made].flatMap((hint): Said[] => {
      const device = hint.device === undefined ? undefined : fold.devices.get(hint.device);
      const isAi = hint.device === undefined || device?.declaredAi === true || device?.model !== undefined
        || (hint.path.includes('.author') && device === undefined);
      const labelled = (fold.labelled.get(hint.key)?.marks?.labels.length ?? 0) > 0;
      const provenance = fold.generations.get(hint.key)?.some((generation) => generation.devices.length > 0) ?? false;
      if (!isAi || (labelled && provenance) || told.has(hint.key)) return [];
      // Labelled and without provenance is another rule's, unless only the text tells.
      if (labelled && hint.device === undefined && !provenance) return [];
      told.add(hint.key);
      return [wrong(hint.path, 'The text or its author says that an AI made this, and the label or the Provenance that would declare it is absent.', {
        version: hint.version, cause: hint.device === undefined ? 'words of an AI' : `author ${device?.model?.id ?? 'device'}` })];
    });
  },
});

import type { ViewEntry } from '../../../terms/patient-view.ts';
import type { Said } from '../../../terms/rule.ts';
import { patientRule } from '../patient-rule.ts';
import { wrong } from '../say.ts';

type State = { readonly first: Map<string, ViewEntry['version']>; readonly said: Said[] };

// One Provenance or audit record a delivery is how interfaces work; devices and supplies come in equal pieces.
const equalByNature = new Set(['Provenance', 'AuditEvent', 'SupplyDelivery', 'Device']);

export const duplicateContent = patientRule<State>({
  id: 'duplicate-content', version: 1, category: 'uniqueness plausibility', owner: 'mapping',
  title: 'The same content twice', why: 'Counts, doses and trends come out double when one fact arrives under two ids.',
  sources: ['HL7 PIQI Edition 1 (uniqueness)'],
  reads: { '*': ['$content'] },
  start: () => ({ first: new Map(), said: [] }),
  step(state, entry) {
    const content = entry.fields['$content'];
    if (entry.place !== 'compartment' || typeof content !== 'string' || equalByNature.has(entry.type)) return;
    // A digest is taken with the type.
    const first = state.first.get(content);
    if (first === undefined) state.first.set(content, entry.version);
    else if (first !== entry.version) {
      state.said.push(wrong(entry.type, 'Another record of this patient says exactly the same under another id; this one is kept out and linked to it.',
        { version: entry.version, evidence: [{ version: first, expression: entry.type, role: 'for' }] }));
    }
  },
  end: (state) => state.said,
});

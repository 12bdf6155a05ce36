import { codeAt, encounterOf, isStay, linesOf, madeFrom, notesOf, reportedToo } from './coded-claim.ts';
import type { Change, Defect, Form } from './defect.ts';
import { reworded } from './note-words.ts';
import { codingIn, systems, textAt, type JsonObject } from './touch.ts';

const isDischarge = (note: JsonObject): boolean => textAt(codingIn(note['type'], systems.loinc), 'code') === '18842-5';

/** What the notes state of a billed diagnosis they only suspect; `at`: what the discharge summary says. */
const form = (because: string, stay: boolean, say: (stated: string) => string, at: ((stated: string) => string) | undefined, labelled = true): Form => ({
  type: 'Claim', because,
  plant(claim, chart): readonly Change[] | undefined {
    const code = linesOf(claim).map((_, line) => codeAt(claim, line)).find((one) => madeFrom(one) !== undefined && !/^(?:Z|O)/.test(one));
    const stated = code === undefined ? undefined : madeFrom(code)?.stated;
    if (code === undefined || stated === undefined || stated.includes('{side}') || isStay(encounterOf(claim, chart)) !== stay) return undefined;
    const all = notesOf(claim, chart);
    const changed = all.map((note) => reworded(note, (text) => text.replaceAll(stated, isDischarge(note) ? (at ?? say)(stated) : say(stated)))).filter((note) => note !== undefined);
    if (changed.length === 0 || changed.length < all.length) return undefined;
    return [{ how: 'amend', resource: claim, carries: true }, ...changed.map((resource): Change => ({ how: 'amend', resource })), ...reportedToo(claim, code, chart).map((change): Change => (labelled || change.how === 'loose' ? change : { ...change, carries: false }))];
  },
});

export const uncertainDiagnosisCoded: Defect = {
  rule: 'uncertain-diagnosis-coded',
  forms: [
    form('A visit’s note calls it probable.', false, (stated) => `Probable ${stated}`, undefined), form('A visit’s note suspects it.', false, (stated) => `Suspected ${stated}`, undefined), form('A visit’s note wants to rule it out.', false, (stated) => `Rule out ${stated}`, undefined),
    form('Suspected in the stay, and gone at discharge.', true, (stated) => `Concern for ${stated}`, () => 'Fever of unknown cause'), form('A visit’s note finds it likely.', false, (stated) => `${stated} is suspected`, undefined), form('Questionable in the stay, and gone at discharge.', true, (stated) => `Questionable ${stated}`, () => 'Symptoms resolved'),
  ],
  nearMisses: [form('Still probable at discharge.', true, (stated) => `Suspected ${stated}`, (stated) => `Probable ${stated}`, false), form('Suspected first, and found.', true, (stated) => `Suspected ${stated}`, (stated) => `${stated}, confirmed`, false), form('As established.', false, (stated) => `Known ${stated}`, undefined, false)],
};

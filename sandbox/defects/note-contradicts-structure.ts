import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { reworded, rewordedAll, withSection, withSentence, wordsOf } from './note-words.ts';
import { madeFrom } from './coded-claim.ts';
import { codingIn, coded, systems, textAt, type JsonObject } from './touch.ts';

const encounterOf = (note: JsonObject): string | undefined => textAt(note, 'context', 'encounter', 0, 'reference');
/** A note of an encounter says otherwise of one of its coded diagnoses, wherever it spoke of it. */
const denied = (because: string, say: (stated: string) => string): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart): readonly Change[] | undefined {
    for (const condition of chart.around(note, 'Condition')) {
      const made = madeFrom(textAt(codingIn(condition['code'], systems.icd), 'code') ?? '');
      if (textAt(condition, 'encounter', 'reference') !== encounterOf(note) || made === undefined || !/^(?:E87|I10|K21|N17|J44|E03|I48|N18|N39|E78)/.test(made.icd) || !wordsOf(note).includes(made.stated)) continue;
      const changed = reworded(note, (text) => text.replaceAll(made.stated, say(made.stated.toLowerCase())));
      return changed && [{ how: 'amend', resource: changed, carries: true }];
    }
    return undefined;
  },
});
const observation = (because: string, sentence: string, value: string, display: string): Form => ({
  type: 'DocumentReference', because,
  plant(note, chart): readonly Change[] | undefined {
    const encounter = encounterOf(note), subject = textAt(note, 'subject', 'reference');
    const changed = textAt(note, 'docStatus') === 'final' ? reworded(note, withSection('Social History', sentence)) : undefined;
    if (encounter === undefined || subject === undefined || changed === undefined) return undefined;
    return [{ how: 'amend', resource: changed, carries: true }, { how: 'add', resource: { resourceType: 'Observation', id: chart.random.id(), status: 'final', category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'social-history')],
      code: coded(systems.loinc, '72166-2', 'Tobacco smoking status'), subject: { reference: subject }, encounter: { reference: encounter }, effectiveDateTime: String(note['date']), valueCodeableConcept: coded(systems.snomed, value, display) } }];
  },
});
const allergies = (because: string, sentence: string, known: string): Form => amend('DocumentReference', because, (note, chart: Chart) => {
  const list = chart.around(note, 'AllergyIntolerance').map((one) => textAt(one, 'code', 'coding', 0, 'code'));
  return textAt(note, 'docStatus') === 'final' && list.length === 1 && list.includes(known) && reworded(note, withSection('Allergies', sentence)) !== undefined;
});

export const noteContradictsStructure: Defect = {
  rule: 'note-contradicts-structure', hidden: true,
  forms: [
    denied('The note denies a diagnosis that is coded.', (stated) => `No ${stated}`), denied('The note rules out a diagnosis that is coded.', (stated) => `${stated} was ruled out`), denied('The note finds no evidence of a diagnosis that is coded.', (stated) => `No evidence of ${stated}`),
    observation('The note says never, the chart says former smoker.', 'Never smoked.', '8517006', 'Former smoker'), observation('The note denies tobacco, the chart says every day.', 'Denies tobacco use.', '449868002', 'Smokes tobacco daily'),
    allergies('The note knows no allergies, the list has penicillin.', 'No known drug allergies.', '91936005'), allergies('NKDA, and the list has peanut.', 'NKA', '91935009'),
  ],
  nearMisses: [
    denied('The note affirms it.', (stated) => `Stable ${stated}`), observation('Never smoked, and so coded.', 'Never smoked.', '266919005', 'Never smoked tobacco'), allergies('No known allergies, and the list says the same.', 'No known allergies.', '716186003'),
    {
      type: 'DocumentReference', because: 'Another encounter’s diagnosis is denied.',
      plant(note) {
        const changed = textAt(note, 'docStatus') === 'final' ? rewordedAll([note], withSentence('Physical Exam', 'No seizure disorder.'))[0] : undefined;
        return changed && [{ how: 'amend', resource: changed, carries: true }];
      },
    },
  ],
};

import { amend, type Chart, type Defect, type Form } from './defect.ts';
import { reworded, wordsOf } from './note-words.ts';
import { textAt, type JsonObject } from './touch.ts';

const form = (because: string, change: (text: string, patient: JsonObject) => string | undefined): Form => amend('DocumentReference', because, (note, chart: Chart) => {
  const patient = chart.resolve(textAt(note, 'subject', 'reference'));
  if (patient === undefined || textAt(note, 'docStatus') !== 'final' || /year-old infant/.test(wordsOf(note))) return false;
  return reworded(note, (text) => change(text, patient) ?? text) !== undefined;
});
const header = (line: string) => (text: string): string => (text.includes('<body>') ? text.replace('<body>', `<body><p>${line}</p>\n`) : `${line}\n${text}`);
const nameOf = (patient: JsonObject): { given: string; family: string } => ({ given: String(textAt(patient, 'name', 0, 'given', 0)), family: String(textAt(patient, 'name', 0, 'family')) });
const sexed = /is an? (\d+)-year-old (woman|man)\b/;

export const noteOtherPatient: Defect = {
  rule: 'note-other-patient', hidden: true,
  forms: [
    form('Another name in its head.', header('Patient: Obadiah Thistlewood')), form('Another birth date in its head.', header('DOB: 03/07/1911')), form('A man where the patient is a woman, or the other way round.', (text) => (sexed.test(text) ? text.replace(sexed, (_all, age: string, noun: string) => `is a ${age}-year-old ${noun === 'man' ? 'woman' : 'man'}`) : undefined)),
    form('Thirty years younger.', (text) => (sexed.test(text) ? text.replace(sexed, (_all, age: string, noun: string) => `is a ${Math.max(3, Number(age) - 30)}-year-old ${noun}`) : undefined)), form('Another name and birth date, as a form has them.', header('Name: Thistlewood, Obadiah | Date of birth: 1911-07-03')),
  ],
  nearMisses: [
    form('The patient’s own name and birth date.', (text, patient) => header(`Patient: ${nameOf(patient).given} ${nameOf(patient).family}\nDOB: ${String(patient['birthDate'])}`)(text)), form('The family name first.', (text, patient) => header(`Patient: ${nameOf(patient).family}, ${nameOf(patient).given}`)(text)), form('A nickname and the family name.', (text, patient) => header(`Patient: Buddy ${nameOf(patient).family}`)(text)),
    form('A relative’s age.', (text) => `${text}\nLives with her mother, a 91-year-old woman.`), form('The birth date as Americans write it.', (text, patient) => { const [year, month, day] = String(patient['birthDate']).split('-'); return header(`DOB: ${month}/${day}/${year}`)(text); }),
  ],
};

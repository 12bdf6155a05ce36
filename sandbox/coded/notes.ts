import type { Random } from '../seeded-random.ts';
import { pick, type Person } from './people.ts';

/** A section of a note: its heading and its lines. */
export type NotePart = readonly [heading: string, ...lines: string[]];
export type Layout = 'markdown' | 'capitals' | 'html' | 'inline';
export const layouts: readonly Layout[] = ['markdown', 'capitals', 'html', 'inline'];

const reviews = ['Denies chest pain at the time of the interview', 'No vomiting', 'Denies weight loss', 'No rash', 'Denies dizziness', 'No palpitations', 'Denies joint swelling', 'No visual changes',
  'Denies hearing loss', 'No night sweats', 'Denies constipation', 'No sore throat', 'Denies numbness', 'No easy bruising', 'Sleeps poorly', 'Appetite reduced', 'Walks without aid', 'Energy is fair'];
const exams = ['Alert and in no distress', 'Mucous membranes moist', 'Heart regular without murmur', 'Lungs with scattered crackles at the bases', 'Lungs clear', 'Abdomen soft', 'Abdomen tender without guarding',
  'Extremities warm', 'Trace ankle edema', 'Skin intact', 'Neurologic examination grossly intact', 'Neck supple', 'Gait steady', 'Oriented to person and place', 'Pulses palpable in both feet', 'Strength full in the arms'];
const families = ['Mother had breast cancer', 'Father with a heart attack at seventy', 'Brother with type 1 diabetes', 'Sister with asthma', 'Maternal grandmother had a stroke', 'Father had prostate cancer', 'No family history of epilepsy'];
const socials = ['Lives with a partner', 'Lives alone on the second floor', 'Works as a teacher', 'Retired bus driver', 'Husband has COVID-19 at home', 'Roommate had pneumonia in the spring', 'Drinks wine on weekends', 'Walks a dog twice a day'];
// What was thought of and is not there: each is a mention that no code may rest on.
const ruledOut = ['No evidence of deep vein thrombosis', 'Pancreatitis was ruled out', 'Without signs of appendicitis', 'Thoracentesis was not needed', 'Stroke unlikely after imaging', 'No seizure activity'];

const some = (random: Random, from: readonly string[], count: number): string[] => {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0] ?? '');
};
const sentence = (lines: readonly string[]): string => `${lines.join('. ')}.`;

export const reviewOf = (random: Random): string => sentence(some(random, reviews, 5));
export const examOf = (random: Random): string => sentence(some(random, exams, 6));
export const familyOf = (random: Random): string => sentence(some(random, families, 2));
export const socialOf = (random: Random): string => sentence(some(random, socials, 2));
export const ruledOutOf = (random: Random): string => sentence(some(random, ruledOut, 2));

export function historyOf(random: Random, who: Person, age: number, complaint: string): string {
  const since = pick(random, ['since yesterday', 'over the last week', 'for some days', 'on and off this month']);
  const noun = who.sex === 'female' ? 'woman' : 'man';
  return `${who.given} ${who.family} is a ${age}-year-old ${age < 1 ? 'infant' : noun} who comes because of the following, ${since}: ${complaint.toLowerCase()}. ${sentence(some(random, ['Symptoms came on gradually',
    'Nothing similar before', 'Took nothing for it', 'Slept badly', 'No recent travel', 'Saw an urgent care clinic first', 'Called the practice this morning', 'Has missed two days of work'], 3))}`;
}

/** One text in one of the ways in which notes come. */
export function textOf(parts: readonly NotePart[], layout: Layout): { readonly contentType: string; readonly text: string } {
  const render = {
    markdown: ([heading, ...lines]: NotePart) => `# ${heading}\n${lines.join('\n')}\n`,
    capitals: ([heading, ...lines]: NotePart) => `${heading.toUpperCase()}:\n${lines.join('\n')}\n`,
    inline: ([heading, ...lines]: NotePart) => `${heading}: ${lines.join('\n')}\n`,
    html: ([heading, ...lines]: NotePart) => `<h2>${heading}</h2>\n${lines.map((line) => `<p>${line}</p>`).join('\n')}\n`,
  }[layout];
  const text = parts.map(render).join('\n');
  return layout === 'html' ? { contentType: 'text/html; charset=utf-8', text: `<html><body>${text}</body></html>` } : { contentType: 'text/plain; charset=utf-8', text };
}

/** Shorter than this, a letter more or less is another word. */
const SHORT = 4;

const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
const dayForMonth = (date: string): string => date.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1-$3-$2');

/** Whether two texts are the same but for how they are written, or one slip of a finger apart. */
export function likeness(one: string, other: string): 'same' | 'near' | 'apart' {
  const [a, b] = [plain(one), plain(other)];
  if (a === b) return 'same';
  return dayForMonth(one) === other || (Math.min(a.length, b.length) >= SHORT && oneSlip(a, b)) ? 'near' : 'apart';
}

/** One letter wrong, missing or too many, or two neighbours exchanged. */
function oneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length - short.length === 1) return short.slice(at) === long.slice(at + 1);
  if (long.length !== short.length) return false;
  return short.slice(at + 1) === long.slice(at + 1) || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2));
}

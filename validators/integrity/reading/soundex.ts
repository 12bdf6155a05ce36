// Letters that sound alike share a digit; vowels part them, h and w do not.
const digits: Record<string, string> = {};
for (const [digit, letters] of Object.entries({ 1: 'bfpv', 2: 'cgjkqsxz', 3: 'dt', 4: 'l', 5: 'mn', 6: 'r' })) for (const letter of letters) digits[letter] = digit;

/** American Soundex of a plain name; '' for none. Source: National Archives, https://www.archives.gov/research/census/soundex */
export function soundex(name: string): string {
  const letters = name.replace(/[^a-z]/g, '');
  let code = letters.slice(0, 1);
  let last = digits[code] ?? '';
  for (const letter of letters.slice(1)) {
    const digit = digits[letter] ?? '';
    if (digit !== '' && digit !== last) code += digit;
    if (letter !== 'h' && letter !== 'w') last = digit;
    if (code.length === 4) break;
  }
  return code === '' ? '' : code.padEnd(4, '0');
}

/** LOINC: Mod 10 (Luhn over the number before the hyphen). https://loinc.org/get-started/loinc-term-basics/ */
export function isLoinc(code: string): boolean {
  const match = /^(\d{1,7})-(\d)$/.exec(code);
  return match !== null && luhnDigit(match[1] ?? '') === Number(match[2]);
}

/** NPI: ten digits, Luhn with the prefix 80840. CMS, "Requirements for NPI check digit". */
export const isNpi = (npi: string): boolean => /^\d{10}$/.test(npi) && luhnDigit(`80840${npi.slice(0, 9)}`) === Number(npi[9]);

function luhnDigit(number: string): number {
  let sum = 0;
  for (let at = number.length - 1, twice = true; at >= 0; at--, twice = !twice) {
    const digit = (number.charCodeAt(at) - 48) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

// The dihedral group D5 and the permutation of Verhoeff's scheme: SNOMED CT Release File Specification, 5.5.
const times = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210'];
const moved = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

/** SNOMED CT identifier: 6 to 18 digits, no leading zero, Verhoeff. */
export function isSnomed(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  let check = 0;
  for (let at = 0; at < code.length; at++) {
    const digit = Number(code[code.length - 1 - at]);
    check = Number(times[check]?.[Number(moved[at % 8]?.[digit])]);
  }
  return check === 0;
}

import { UCUM } from './ucum.ts';

/**
 * Code systems whose codes follow from a grammar or a fixed list that no package carries.
 * `undefined`: the system is not one of these, or a code has its form and may be one; else whether the code belongs to it.
 */
export const knownSystem = (system: string, code: string): boolean | undefined => {
  switch (system) {
    case 'http://unitsofmeasure.org': return UCUM.valid(code);
    case 'urn:ietf:bcp:47': return language(code);
    case 'urn:ietf:bcp:13': return /^(xml|json|ttl)$/.test(code) || /^[\w.+*-]+\/[\w.+*-]+(\s*;.*)?$/.test(code);
    case 'urn:iso:std:iso:4217': return currencies.has(code);
    case 'urn:iso:std:iso:3166': return /^([A-Z]{2}|[A-Z]{3}|[0-9]{3})$/.test(code) ? (code.length === 2 ? region(code) : true) : false;
    case 'urn:iso:std:iso:3166:-2': return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) ? undefined : false;
    case 'http://unstats.un.org/unsd/methods/m49/m49.htm': return /^\d{3}$/.test(code) ? undefined : false;
    case 'https://www.usps.com/': return states.has(code);
    default: return undefined;
  }
};

/** BCP 47: https://www.rfc-editor.org/rfc/rfc5646#section-2.1 */
const language = (code: string): boolean => {
  if (!/^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-x(-[A-Za-z0-9]{1,8})+)?$/.test(code)) return /^x(-[A-Za-z0-9]{1,8})+$/.test(code);
  // A primary subtag that ICU has no name for is not registered.
  const primary = code.split('-')[0]!;
  return primary.length <= 3 && languages.of(primary) !== undefined;
};

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const region = (code: string): boolean => regions.of(code) !== undefined;

/** ISO 4217 as ICU has it. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** USPS Publication 28, Appendix B: https://pe.usps.com/text/pub28/28apb.htm */
const states: ReadonlySet<string> = new Set(('AL AK AS AZ AR CA CO CT DE DC FM FL GA GU HI ID IL IN IA KS KY LA ME MH MD MA MI MN MS MO MT '
  + 'NE NV NH NJ NM NY NC ND MP OH OK OR PW PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY AA AE AP').split(' '));

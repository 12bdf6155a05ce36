import { codeAt, isCoded, linesOf, setCode } from './coded-claim.ts';
import { amend, type Defect, type Form } from './defect.ts';

/** The claim reports less than the notes say. */
const form = (because: string, specific: RegExp, unspecified: string): Form => amend('Claim', because, (claim) => {
  const line = linesOf(claim).findIndex((_, at) => specific.test(codeAt(claim, at)));
  return isCoded(claim) && line >= 0 && setCode(claim, line, unspecified);
});

export const claimUnspecified: Defect = {
  rule: 'claim-unspecified',
  forms: [
    form('Heart failure, though the notes say systolic.', /^I50\.23$/, 'I50.9'), form('Kidney disease, though the notes give the stage.', /^N18\.31$/, 'N18.9'), form('Asthma, though the notes say how bad.', /^J45\.30$/, 'J45.909'), form('Diabetes, though the notes say what came of it.', /^E11\.65$/, 'E11.9'), form('Depression, though the notes say how deep.', /^F33\.1$/, 'F32.A'),
    form('Arthritis of a knee, though the notes give the side.', /^M17\.1/, 'M17.9'), form('Sepsis, though the notes name the germ.', /^A41\.51$/, 'A41.9'), form('Infarction, though the notes say which.', /^I21\.4$/, 'I21.9'),
  ],
  nearMisses: [form('An unspecified code, and the notes say no more.', /^J15\.9$/, 'J18.9'), form('Another specific code.', /^I50\.23$/, 'I50.33'), form('A urinary infection has no other code.', /^N39\.0$/, 'N39.0')],
};

import { isCoded, setCode, addLine } from './coded-claim.ts';
import { amend, type Change, type Defect, type Form } from './defect.ts';
import { codingIn, listAt, part, systems, textAt } from './touch.ts';

const billed = (because: string, code: string): Form => amend('Claim', because, (claim) => isCoded(claim) && setCode(claim, 0, code));
const second = (because: string, code: string): Form => amend('Claim', because, (claim) => isCoded(claim) && addLine(claim, code, ''));
const charted = (because: string, code: string, rank: number): Form => ({
  type: 'Encounter', because,
  plant(encounter, { resolve }): readonly Change[] | undefined {
    const line = listAt(encounter, 'diagnosis').find((one) => part(one)?.['rank'] === rank);
    const condition = resolve(textAt(line, 'condition', 'reference')), coding = codingIn(condition?.['code'], systems.icd);
    if (condition === undefined || coding === undefined) return undefined;
    Object.assign(coding, { code, display: '' });
    return [{ how: 'amend', resource: encounter, carries: true }, { how: 'amend', resource: condition }];
  },
});

export const claimPrincipalManifestation: Defect = {
  rule: 'claim-principal-manifestation',
  forms: [
    billed('A kidney disorder of another disease comes first.', 'N08'), billed('A cataract of another disease comes first, without its dot.', 'H28'), billed('A dementia of another disease comes first.', 'F02.80'), billed('A fall comes first.', 'W19.XXXA'), billed('Where it happened comes first.', 'Y92.009'),
    charted('The encounter’s first diagnosis is a manifestation.', 'J17', 1), charted('The encounter’s first diagnosis is an accident.', 'V43.52XA', 1),
  ],
  nearMisses: [second('A manifestation as a secondary diagnosis.', 'N08'), second('A fall as a secondary diagnosis.', 'W19.XXXA'), billed('An injury first.', 'S06.0X0A'), charted('The encounter’s second diagnosis is a manifestation.', 'J17', 2)],
};

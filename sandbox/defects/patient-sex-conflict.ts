import { isCoded, setCode } from './coded-claim.ts';
import { amend, type Change, type Chart, type Defect, type Form } from './defect.ts';
import { codingIn, coded, systems, textAt, type JsonObject } from './touch.ts';

const sexOf = (resource: JsonObject, { resolve }: Chart): string => textAt(resolve(textAt(resource, 'subject', 'reference') ?? textAt(resource, 'patient', 'reference')), 'gender') ?? '';
const plain = (resource: JsonObject, { resolve }: Chart): boolean => resolve(textAt(resource, 'subject', 'reference') ?? textAt(resource, 'patient', 'reference'))?.['extension'] === undefined;
const condition = (because: string, code: string, sex: 'female' | 'male'): Form => amend('Condition', because, (found, chart) => {
  const coding = codingIn(found['code'], systems.icd);
  return coding !== undefined && sexOf(found, chart) === sex && plain(found, chart) && Object.assign(coding, { code, display: '' }) && Object.assign(found, { code: { coding: [coding] } });
});
const claim = (because: string, code: string, sex: 'female' | 'male'): Form => amend('Claim', because, (billed, chart) => isCoded(billed) && sexOf(billed, chart) === sex && plain(billed, chart) && setCode(billed, 0, code));
const procedure = (because: string, system: string, code: string, sex: 'female' | 'male'): Form => amend('Procedure', because, (done, chart) => sexOf(done, chart) === sex && plain(done, chart) && Object.assign(done, { code: coded(system, code) }));
/** Whatever the gender, the clinical sex is said. */
const clinical = (because: string, code: string): Form => ({
  type: 'Condition', because,
  plant(found, chart): readonly Change[] | undefined {
    const patient = chart.resolve(textAt(found, 'subject', 'reference')), coding = codingIn(found['code'], systems.icd);
    if (patient?.['gender'] !== 'male' || coding === undefined || patient['extension'] !== undefined) return undefined;
    patient['extension'] = [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' }];
    Object.assign(found, { code: { coding: [{ ...coding, code, display: '' }] } });
    return [{ how: 'amend', resource: found, carries: true }, { how: 'amend', resource: patient }];
  },
});

export const patientSexConflict: Defect = {
  rule: 'patient-sex-conflict',
  forms: [
    condition('Prostate cancer of a woman.', 'C61', 'female'), claim('An enlarged prostate is billed for a woman.', 'N40.1', 'female'), condition('A pregnancy of a man.', 'O09.93', 'male'), procedure('A hysterectomy of a man.', systems.pcs, '0UT90ZZ', 'male'), procedure('A prostatectomy of a woman.', systems.pcs, '0VT00ZZ', 'female'),
    claim('Endometriosis is billed for a man.', 'N80.9', 'male'), procedure('A delivery of a man, in CPT.', systems.cpt, '59400', 'male'),
  ],
  nearMisses: [clinical('Pregnant, registered as a man, born female.', 'O09.93'), condition('Breast cancer of a man.', 'C50.921', 'male'), condition('Prostate cancer of a man.', 'C61', 'male'), claim('A pregnancy of a woman.', 'O09.93', 'female')],
};

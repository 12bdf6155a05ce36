import type { DiagnosisName } from './diagnoses.ts';

/** A procedure in the code system of its setting, and how the note tells it; `#` and `{side}` as in diagnoses. */
export type Operation = { readonly system: 'pcs' | 'cpt'; readonly code: string; readonly sides?: readonly [right: string, left: string]; readonly display: string; readonly told: string };

/** One encounter: the first diagnosis is the principal one. */
export type Scenario = {
  readonly name: string;
  readonly setting: 'inpatient' | 'outpatient' | 'emergency';
  readonly complaint: string;
  readonly diagnoses: readonly DiagnosisName[];
  readonly operation?: Operation;
  readonly sex?: 'female' | 'male';
  /** Completed years. */
  readonly age?: readonly [from: number, to: number];
};

const pcs = (code: string, display: string, told: string): Operation => ({ system: 'pcs', code, display, told });
const cpt = (code: string, display: string, told: string): Operation => ({ system: 'cpt', code, display, told });

export const stays: readonly Scenario[] = [
  { name: 'pneumonia', setting: 'inpatient', complaint: 'Cough, fever and shortness of breath for three days', diagnoses: ['pneumonia', 'respiratoryFailure', 'hypertension'] },
  { name: 'sepsis', setting: 'inpatient', complaint: 'Fever, rigors and confusion', diagnoses: ['sepsis', 'uti', 'aki', 'encephalopathy', 'diabetes'],
    operation: pcs('02HV33Z', 'Insertion of Infusion Device into Superior Vena Cava, Percutaneous Approach', 'Central line placed in the superior vena cava under ultrasound.') },
  { name: 'heart failure', setting: 'inpatient', complaint: 'Leg swelling and dyspnea on exertion', diagnoses: ['heartFailure', 'hypokalemia', 'atrialFibrillation', 'kidneyDisease'] },
  { name: 'copd', setting: 'inpatient', complaint: 'Wheezing and productive cough', diagnoses: ['copd', 'hypertension', 'reflux'] },
  { name: 'infarction', setting: 'inpatient', complaint: 'Chest pressure at rest', diagnoses: ['infarction', 'hyperlipidemia', 'diabetes'],
    operation: pcs('027034Z', 'Dilation of Coronary Artery, One Artery with Drug-eluting Intraluminal Device, Percutaneous Approach', 'Percutaneous coronary intervention with one drug-eluting stent.') },
  { name: 'embolism', setting: 'inpatient', complaint: 'Sudden pleuritic chest pain', diagnoses: ['embolism', 'hypertension'] },
  { name: 'bleeding', setting: 'inpatient', complaint: 'Black stools and light-headedness', diagnoses: ['giBleed', 'bloodLoss', 'reflux'],
    operation: pcs('0DJ08ZZ', 'Inspection of Upper Intestinal Tract, Via Natural or Artificial Opening Endoscopic', 'Upper endoscopy showed a clean-based duodenal ulcer.') },
  { name: 'hip', setting: 'inpatient', complaint: 'Fall at home with hip pain', diagnoses: ['hipFracture', 'hypertension', 'hyponatremia'], age: [62, 90],
    operation: { ...pcs('0SR#03Z', 'Replacement of {side} Hip Joint with Ceramic Synthetic Substitute, Open Approach', 'Total hip replacement on the {side} without complication.'), sides: ['9', 'B'] } },
  { name: 'knee', setting: 'inpatient', complaint: 'Knee pain that limits walking', diagnoses: ['kneeArthritis', 'hypothyroidism'], age: [55, 85],
    operation: { ...pcs('0SR#0J9', 'Replacement of {side} Knee Joint with Synthetic Substitute, Cemented, Open Approach', 'Total knee arthroplasty on the {side}, cemented.'), sides: ['C', 'D'] } },
  { name: 'appendicitis', setting: 'inpatient', complaint: 'Right lower quadrant pain', diagnoses: ['appendicitis'],
    operation: pcs('0DTJ4ZZ', 'Resection of Appendix, Percutaneous Endoscopic Approach', 'Laparoscopic appendectomy, no perforation seen.') },
  { name: 'gallstones', setting: 'inpatient', complaint: 'Upper abdominal pain after meals', diagnoses: ['cholecystitis', 'hyperlipidemia'],
    operation: pcs('0FT44ZZ', 'Resection of Gallbladder, Percutaneous Endoscopic Approach', 'Laparoscopic cholecystectomy.') },
  { name: 'delivery', setting: 'inpatient', complaint: 'Contractions at term', diagnoses: ['delivery', 'liveBirth'], sex: 'female', age: [22, 38],
    operation: pcs('10E0XZZ', 'Delivery of Products of Conception, External Approach', 'Spontaneous vaginal delivery of products of conception, external approach.') },
];

export const visits: readonly Scenario[] = [
  { name: 'chronic care', setting: 'outpatient', complaint: 'Follow-up of chronic conditions', diagnoses: ['diabetes', 'hypertension', 'hyperlipidemia'] },
  { name: 'kidney', setting: 'outpatient', complaint: 'Review of kidney function', diagnoses: ['kidneyDisease', 'hypertension'] },
  { name: 'thyroid', setting: 'outpatient', complaint: 'Fatigue', diagnoses: ['hypothyroidism'] },
  { name: 'mood', setting: 'outpatient', complaint: 'Low mood', diagnoses: ['depression'] },
  { name: 'asthma', setting: 'outpatient', complaint: 'Cough at night', diagnoses: ['asthma'] },
  { name: 'reflux', setting: 'outpatient', complaint: 'Heartburn', diagnoses: ['reflux'], operation: cpt('43239', 'Esophagogastroduodenoscopy with biopsy', 'Upper endoscopy with biopsy of the antrum.') },
  { name: 'prostate', setting: 'outpatient', complaint: 'Weak urinary stream', diagnoses: ['prostate'], sex: 'male', age: [52, 85] },
  { name: 'migraine', setting: 'outpatient', complaint: 'Recurrent headache', diagnoses: ['migraine'] },
  { name: 'bronchitis', setting: 'outpatient', complaint: 'Cough for one week', diagnoses: ['bronchitis'] },
  { name: 'screening', setting: 'outpatient', complaint: 'Colon cancer follow-up of a polyp', diagnoses: ['hyperlipidemia'], operation: cpt('45378', 'Colonoscopy, diagnostic', 'Colonoscopy to the cecum, no new polyp.') },
  { name: 'pregnancy', setting: 'outpatient', complaint: 'Prenatal visit', diagnoses: ['pregnancy'], sex: 'female', age: [22, 38] },
  { name: 'urine', setting: 'emergency', complaint: 'Burning on urination', diagnoses: ['uti'] },
  { name: 'skin', setting: 'emergency', complaint: 'Red and swollen leg', diagnoses: ['cellulitis'] },
  { name: 'back', setting: 'emergency', complaint: 'Back pain after lifting', diagnoses: ['backPain'] },
];

/** What a provider finds: its code, how a note states it, and what the chart holds for it. */
export type Diagnosis = {
  /** ICD-10-CM with its dot, FY2024; `#` where the side goes. */
  readonly icd: string;
  /** What stands there for right and for left. */
  readonly sides?: readonly [right: string, left: string];
  readonly display: string;
  readonly snomed?: string;
  /** As an assessment states it; `{side}` where it has one. */
  readonly stated: string;
  readonly plan: string;
  /** LOINC code, value, UCUM unit: results that speak for it. */
  readonly results?: readonly (readonly [loinc: string, value: number, unit: string])[];
  /** Keys of `drugs`. */
  readonly drugs?: readonly string[];
  /** It lasts, stands on the problem list, and was there before any stay. */
  readonly chronic?: boolean;
  /** Arose in the stay. */
  readonly inHospital?: boolean;
  /** Exempt from the present-on-admission indicator. */
  readonly exempt?: boolean;
};

export const diagnoses = {
  pneumonia: { icd: 'J15.9', display: 'Unspecified bacterial pneumonia', snomed: '53084003', stated: 'Community-acquired bacterial pneumonia', plan: 'Ceftriaxone and azithromycin, wean oxygen.',
    results: [['6690-2', 15.2, '10*3/uL'], ['8310-5', 38.6, 'Cel'], ['59408-5', 90, '%']], drugs: ['ceftriaxone', 'azithromycin'] },
  respiratoryFailure: { icd: 'J96.01', display: 'Acute respiratory failure with hypoxia', stated: 'Acute hypoxic respiratory failure', plan: 'High-flow oxygen, saturation above 92%.',
    results: [['2703-7', 54, 'mm[Hg]'], ['59408-5', 85, '%']] },
  sepsis: { icd: 'A41.51', display: 'Sepsis due to Escherichia coli [E. coli]', stated: 'Sepsis due to E. coli bacteremia', plan: 'Fluids by protocol, piperacillin-tazobactam, repeat lactate.',
    results: [['2524-7', 3.4, 'mmol/L'], ['6690-2', 19.8, '10*3/uL'], ['8867-4', 118, '/min']], drugs: ['piperacillin'] },
  uti: { icd: 'N39.0', display: 'Urinary tract infection, site not specified', snomed: '68566005', stated: 'Urinary tract infection', plan: 'Nitrofurantoin for five days, culture pending.', results: [['5821-4', 45, '/[HPF]']], drugs: ['nitrofurantoin'] },
  aki: { icd: 'N17.9', display: 'Acute kidney failure, unspecified', snomed: '14669001', stated: 'Acute kidney injury', plan: 'Fluids, hold nephrotoxic agents, creatinine daily.', results: [['2160-0', 2.7, 'mg/dL']] },
  heartFailure: { icd: 'I50.23', display: 'Acute on chronic systolic (congestive) heart failure', stated: 'Acute on chronic systolic heart failure', plan: 'Intravenous furosemide, daily weights.',
    results: [['33762-6', 4820, 'pg/mL'], ['10230-1', 30, '%']], drugs: ['furosemide'], },
  copd: { icd: 'J44.1', display: 'Chronic obstructive pulmonary disease with (acute) exacerbation', stated: 'COPD exacerbation', plan: 'Nebulised albuterol and ipratropium, prednisone for five days.', results: [['19926-5', 61, '%']], drugs: ['albuterol', 'prednisone'] },
  atrialFibrillation: { icd: 'I48.0', display: 'Paroxysmal atrial fibrillation', snomed: '282825002', stated: 'Paroxysmal atrial fibrillation', plan: 'Rate control with metoprolol, apixaban continued.', drugs: ['apixaban', 'metoprolol'], chronic: true },
  infarction: { icd: 'I21.4', display: 'Non-ST elevation (NSTEMI) myocardial infarction', snomed: '401314000', stated: 'NSTEMI', plan: 'Aspirin and clopidogrel, heparin drip, cardiology to follow.', results: [['89579-7', 940, 'pg/mL']], drugs: ['aspirin', 'clopidogrel', 'heparin'] },
  embolism: { icd: 'I26.99', display: 'Other pulmonary embolism without acute cor pulmonale', snomed: '59282003', stated: 'Pulmonary embolism', plan: 'Heparin, then apixaban for six months.', results: [['48065-7', 4.1, 'ug/mL']], drugs: ['heparin', 'apixaban'] },
  bloodLoss: { icd: 'D62', display: 'Acute posthemorrhagic anemia', stated: 'Acute blood loss anemia', plan: 'Transfuse below seven, hemoglobin every eight hours.', results: [['718-7', 7.4, 'g/dL']], inHospital: true },
  giBleed: { icd: 'K92.1', display: 'Melena', snomed: '2901004', stated: 'Upper GI bleed with melena', plan: 'Pantoprazole drip, endoscopy.', results: [['718-7', 8.1, 'g/dL']], drugs: ['pantoprazole'] },
  hyponatremia: { icd: 'E87.1', display: 'Hypo-osmolality and hyponatremia', snomed: '89627008', stated: 'Hyponatremia', plan: 'Fluid restriction, sodium twice daily.', results: [['2951-2', 126, 'mmol/L']] },
  hypokalemia: { icd: 'E87.6', display: 'Hypokalemia', snomed: '43339004', stated: 'Hypokalemia', plan: 'Potassium chloride by mouth.', results: [['2823-3', 2.9, 'mmol/L']], drugs: ['potassium'], inHospital: true },
  encephalopathy: { icd: 'G93.41', display: 'Metabolic encephalopathy', snomed: '50122000', stated: 'Metabolic encephalopathy', plan: 'Treat the cause, reorient, avoid sedatives.' },
  hipFracture: { icd: 'S72.00#A', sides: ['1', '2'], display: 'Fracture of unspecified part of neck of {side} femur, initial encounter for closed fracture', stated: 'Displaced {side} femoral neck fracture', plan: 'Operative repair, DVT prophylaxis with enoxaparin.', drugs: ['enoxaparin', 'oxycodone'] },
  kneeArthritis: { icd: 'M17.1#', sides: ['1', '2'], display: 'Unilateral primary osteoarthritis, {side} knee', stated: 'Osteoarthritis of {side} knee', plan: 'Total knee arthroplasty.', drugs: ['acetaminophen'] },
  appendicitis: { icd: 'K35.80', display: 'Unspecified acute appendicitis', snomed: '85189001', stated: 'Acute appendicitis', plan: 'Laparoscopic appendectomy.', results: [['6690-2', 14.1, '10*3/uL']] },
  cholecystitis: { icd: 'K80.00', display: 'Calculus of gallbladder with acute cholecystitis without obstruction', stated: 'Acute cholecystitis with gallstones', plan: 'Laparoscopic cholecystectomy.' },
  hypertension: { icd: 'I10', display: 'Essential (primary) hypertension', snomed: '59621000', stated: 'Hypertension', plan: 'Lisinopril continued.', results: [['8480-6', 152, 'mm[Hg]']], drugs: ['lisinopril'], chronic: true },
  diabetes: { icd: 'E11.65', display: 'Type 2 diabetes mellitus with hyperglycemia', snomed: '44054006', stated: 'Type 2 diabetes with hyperglycemia', plan: 'Metformin, diet reviewed.', results: [['4548-4', 8.4, '%']], drugs: ['metformin'], chronic: true },
  kidneyDisease: { icd: 'N18.31', display: 'Chronic kidney disease, stage 3a', snomed: '700378005', stated: 'Chronic kidney disease stage 3a', plan: 'Avoid NSAIDs, recheck in three months.', results: [['98979-8', 51, 'mL/min/{1.73_m2}']], chronic: true },
  hyperlipidemia: { icd: 'E78.5', display: 'Hyperlipidemia, unspecified', snomed: '55822004', stated: 'Hyperlipidemia', plan: 'Atorvastatin.', results: [['13457-7', 162, 'mg/dL']], drugs: ['atorvastatin'], chronic: true },
  hypothyroidism: { icd: 'E03.9', display: 'Hypothyroidism, unspecified', snomed: '40930008', stated: 'Hypothyroidism', plan: 'Levothyroxine, TSH in six weeks.', results: [['3016-3', 7.9, 'm[IU]/L']], drugs: ['levothyroxine'], chronic: true },
  depression: { icd: 'F33.1', display: 'Major depressive disorder, recurrent, moderate', snomed: '370143000', stated: 'Recurrent major depressive disorder, moderate', plan: 'Sertraline, therapy weekly.', results: [['44261-6', 15, '{score}']], drugs: ['sertraline'], chronic: true },
  asthma: { icd: 'J45.30', display: 'Mild persistent asthma, uncomplicated', snomed: '426979002', stated: 'Mild persistent asthma', plan: 'Fluticasone daily, albuterol as needed.', drugs: ['fluticasone', 'albuterol'], chronic: true },
  reflux: { icd: 'K21.9', display: 'Gastro-esophageal reflux disease without esophagitis', snomed: '235595009', stated: 'GERD', plan: 'Omeprazole before breakfast.', drugs: ['omeprazole'], chronic: true },
  prostate: { icd: 'N40.1', display: 'Benign prostatic hyperplasia with lower urinary tract symptoms', snomed: '266569009', stated: 'Benign prostatic hyperplasia', plan: 'Tamsulosin at night.', drugs: ['tamsulosin'], chronic: true },
  migraine: { icd: 'G43.009', display: 'Migraine without aura, not intractable, without status migrainosus', snomed: '37796009', stated: 'Migraine without aura', plan: 'Sumatriptan at onset.', drugs: ['sumatriptan'], chronic: true },
  bronchitis: { icd: 'J20.9', display: 'Acute bronchitis, unspecified', snomed: '10509002', stated: 'Acute bronchitis', plan: 'Supportive care, no antibiotic.' },
  cellulitis: { icd: 'L03.11#', sides: ['5', '6'], display: 'Cellulitis of {side} lower limb', stated: 'Cellulitis of the {side} lower leg', plan: 'Cephalexin for seven days.', drugs: ['cephalexin'] },
  backPain: { icd: 'M54.50', display: 'Low back pain, unspecified', snomed: '279039007', stated: 'Low back pain', plan: 'Physical therapy, ibuprofen.', drugs: ['ibuprofen'] },
  pregnancy: { icd: 'Z34.83', display: 'Encounter for supervision of other normal pregnancy, third trimester', stated: 'Supervision of normal pregnancy, third trimester', plan: 'Return in two weeks.' },
  delivery: { icd: 'O80', display: 'Encounter for full-term uncomplicated delivery', stated: 'Encounter for full-term uncomplicated delivery', plan: 'Routine postpartum care.', exempt: true },
  liveBirth: { icd: 'Z37.0', display: 'Single live birth', stated: 'Single live birth', plan: 'Rooming in.', exempt: true },
  newborn: { icd: 'Z38.00', display: 'Single liveborn infant, delivered vaginally', stated: 'Single liveborn infant, delivered vaginally', plan: 'Feeding on demand, screening before discharge.', exempt: true },
} satisfies Record<string, Diagnosis>;

export type DiagnosisName = keyof typeof diagnoses;

/** Ingredient RxCUI, and a name as an order gives it. */
export const drugs: Readonly<Record<string, readonly [rxcui: string, text: string]>> = {
  ceftriaxone: ['2193', 'ceftriaxone 1000 MG Injection'], azithromycin: ['18631', 'azithromycin 250 MG Oral Tablet'], piperacillin: ['8339', 'piperacillin 4000 MG / tazobactam 500 MG Injection'],
  nitrofurantoin: ['7454', 'nitrofurantoin 100 MG Oral Capsule'], furosemide: ['4603', 'furosemide 40 MG Oral Tablet'], albuterol: ['435', 'albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'],
  prednisone: ['8640', 'prednisone 20 MG Oral Tablet'], apixaban: ['1364430', 'apixaban 5 MG Oral Tablet'], metoprolol: ['6918', 'metoprolol tartrate 25 MG Oral Tablet'], aspirin: ['1191', 'aspirin 81 MG Oral Tablet'],
  clopidogrel: ['32968', 'clopidogrel 75 MG Oral Tablet'], heparin: ['5224', 'heparin sodium 1000 UNT/ML Injection'], pantoprazole: ['40790', 'pantoprazole 40 MG Injection'], potassium: ['8591', 'potassium chloride 20 MEQ Oral Tablet'],
  enoxaparin: ['67108', 'enoxaparin sodium 40 MG Prefilled Syringe'], oxycodone: ['7804', 'oxycodone hydrochloride 5 MG Oral Tablet'], acetaminophen: ['161', 'acetaminophen 500 MG Oral Tablet'],
  lisinopril: ['29046', 'lisinopril 10 MG Oral Tablet'], metformin: ['6809', 'metformin hydrochloride 500 MG Oral Tablet'], atorvastatin: ['83367', 'atorvastatin 40 MG Oral Tablet'], levothyroxine: ['10582', 'levothyroxine sodium 0.05 MG Oral Tablet'],
  sertraline: ['36437', 'sertraline 50 MG Oral Tablet'], fluticasone: ['41126', 'fluticasone propionate 0.11 MG/ACTUAT Metered Dose Inhaler'], omeprazole: ['7646', 'omeprazole 20 MG Delayed Release Oral Capsule'],
  tamsulosin: ['77492', 'tamsulosin hydrochloride 0.4 MG Oral Capsule'], sumatriptan: ['37418', 'sumatriptan 50 MG Oral Tablet'], cephalexin: ['2231', 'cephalexin 500 MG Oral Capsule'], ibuprofen: ['5640', 'ibuprofen 600 MG Oral Tablet'],
};

/** What a search reads when its source names no types: the record itself and those who made it (US Core's types and their like). */
export const clinicalTypes = [
  'Patient', 'AllergyIntolerance', 'CarePlan', 'CareTeam', 'Claim', 'ClinicalImpression', 'Communication', 'Composition',
  'Condition', 'Consent', 'Coverage', 'Device', 'DeviceRequest', 'DeviceUseStatement', 'DiagnosticReport', 'DocumentReference',
  'Encounter', 'EpisodeOfCare', 'ExplanationOfBenefit', 'FamilyMemberHistory', 'Flag', 'Goal', 'ImagingStudy', 'Immunization',
  'Location', 'Media', 'Medication', 'MedicationAdministration', 'MedicationDispense', 'MedicationRequest', 'MedicationStatement',
  'NutritionOrder', 'Observation', 'Organization', 'Practitioner', 'PractitionerRole', 'Procedure', 'Provenance',
  'QuestionnaireResponse', 'RelatedPerson', 'RiskAssessment', 'ServiceRequest', 'Specimen', 'SupplyDelivery',
] as const;

/** The rest of http://hl7.org/fhir/R4/resourcelist.html */
const otherTypes = [
  'Account', 'ActivityDefinition', 'AdverseEvent', 'Appointment', 'AppointmentResponse', 'AuditEvent', 'Basic', 'Binary',
  'BiologicallyDerivedProduct', 'BodyStructure', 'Bundle', 'CapabilityStatement', 'CatalogEntry', 'ChargeItem', 'ChargeItemDefinition',
  'ClaimResponse', 'CodeSystem', 'CommunicationRequest', 'CompartmentDefinition', 'ConceptMap', 'Contract',
  'CoverageEligibilityRequest', 'CoverageEligibilityResponse', 'DetectedIssue', 'DeviceDefinition', 'DeviceMetric', 'DocumentManifest',
  'EffectEvidenceSynthesis', 'Endpoint', 'EnrollmentRequest', 'EnrollmentResponse', 'EventDefinition', 'Evidence', 'EvidenceVariable',
  'ExampleScenario', 'GraphDefinition', 'Group', 'GuidanceResponse', 'HealthcareService', 'ImmunizationEvaluation',
  'ImmunizationRecommendation', 'ImplementationGuide', 'InsurancePlan', 'Invoice', 'Library', 'Linkage', 'List', 'Measure',
  'MeasureReport', 'MedicationKnowledge', 'MedicinalProduct', 'MedicinalProductAuthorization', 'MedicinalProductContraindication',
  'MedicinalProductIndication', 'MedicinalProductIngredient', 'MedicinalProductInteraction', 'MedicinalProductManufactured',
  'MedicinalProductPackaged', 'MedicinalProductPharmaceutical', 'MedicinalProductUndesirableEffect', 'MessageDefinition',
  'MessageHeader', 'MolecularSequence', 'NamingSystem', 'ObservationDefinition', 'OperationDefinition', 'OperationOutcome',
  'OrganizationAffiliation', 'Parameters', 'PaymentNotice', 'PaymentReconciliation', 'Person', 'PlanDefinition', 'Questionnaire',
  'RequestGroup', 'ResearchDefinition', 'ResearchElementDefinition', 'ResearchStudy', 'ResearchSubject', 'RiskEvidenceSynthesis',
  'Schedule', 'SearchParameter', 'Slot', 'SpecimenDefinition', 'StructureDefinition', 'StructureMap', 'Subscription', 'Substance',
  'SubstanceNucleicAcid', 'SubstancePolymer', 'SubstanceProtein', 'SubstanceReferenceInformation', 'SubstanceSourceMaterial',
  'SubstanceSpecification', 'SupplyRequest', 'Task', 'TerminologyCapabilities', 'TestReport', 'TestScript', 'ValueSet',
  'VerificationResult', 'VisionPrescription',
] as const;

const all: ReadonlySet<string> = new Set([...clinicalTypes, ...otherTypes]);

export const isResourceType = (name: string): boolean => all.has(name);

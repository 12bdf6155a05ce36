import { checkBundle } from './bundle.ts';
import { isAbsolute } from './bundle-index.ts';
import type { Checker } from './checker.ts';
import { checkConceptMap } from './concept-map.ts';
import { checkMeasureReport } from './measure-report.ts';
import { checkOperationDefinition } from './operation-definition.ts';
import { checkQuestionnaire } from './questionnaire.ts';
import { checkQuestionnaireResponse } from './questionnaire-response.ts';
import { claim } from './resource.ts';
import type { ResourceType } from './program.ts';
import type { JsonObject } from './run.ts';
import { checkCapabilityStatement, checkCodeSystem, checkStructureDefinition, checkValueSet } from './conformance-resources.ts';
import { checkSearchParameter } from './search-parameter.ts';
import { checkStructureMap } from './structure-map.ts';
import { checkVitalSign } from './vital-signs.ts';

/** Profiles that loaded ImplementationGuides put on every resource of a type: ImplementationGuide.global. */
const globals = (checker: Checker, { name, globals }: ResourceType, resource: JsonObject, done: ReadonlySet<string>): void => {
  for (const profile of globals) {
    if (done.has(profile)) continue;
    if (checker.options.hints) checker.add({ rule: 'profile-global', severity: 'information', code: 'informational', messageId: 'VALIDATION_VAL_GLOBAL_PROFILE_SIGNPOST',
      says: `A loaded implementation guide asks of every ${name} to follow the profile ${profile}.` });
    claim(checker, resource, name, profile, -1);
  }
};

/** http://hl7.org/fhir/R4/references.html#canonical: "Canonical URLs are always absolute" */
const checkOwnUrl = (checker: Checker, { url }: JsonObject): void => {
  if (typeof url !== 'string' || isAbsolute(url) || (url.startsWith('#') && !checker.holder.parent)) return;
  checker.add({ rule: 'profile-conformance-resource', severity: 'error', code: 'invalid', messageId: 'TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE',
    says: 'What others refer to by its url needs an absolute one; give the whole URL.' }, '.url');
};

/** Rules that the specification states in words only, by resource type. */
export const checkSpecial = (checker: Checker, type: ResourceType, resource: JsonObject, profiles: ReadonlySet<string>): void => {
  globals(checker, type, resource, profiles);
  if (type.canonical) checkOwnUrl(checker, resource);
  switch (type.name) {
    case 'Observation': return checkVitalSign(checker, resource, profiles);
    case 'Bundle': return checkBundle(checker, resource);
    case 'QuestionnaireResponse': return checkQuestionnaireResponse(checker, resource);
    case 'MeasureReport': return checkMeasureReport(checker, resource);
    case 'ConceptMap': return checkConceptMap(checker, resource);
    case 'Questionnaire': return checkQuestionnaire(checker, resource);
    case 'CodeSystem': return checkCodeSystem(checker, resource);
    case 'ValueSet': return checkValueSet(checker, resource);
    case 'StructureDefinition': return checkStructureDefinition(checker, resource);
    case 'CapabilityStatement': return checkCapabilityStatement(checker, resource);
    case 'SearchParameter': return checkSearchParameter(checker, resource);
    case 'StructureMap': return checkStructureMap(checker, resource);
    case 'OperationDefinition': return checkOperationDefinition(checker, resource);
    default:
  }
};

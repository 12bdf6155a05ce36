import { beforeAll, describe, expect, it } from 'vitest';
import { loadPackages } from '../../packages/load.ts';
import { createProfileValidator, type ProfileValidator } from './validator.ts';

let validator: ProfileValidator;
beforeAll(async () => { validator = createProfileValidator({ packages: await loadPackages() }); }, 60_000);

type Item = Record<string, unknown>;
/** Errors and warnings about the answers, as `severity code place`; the questionnaire is contained. */
const said = (asked: readonly Item[], answered: readonly Item[], status = 'completed'): string[] => {
  const questionnaire = { resourceType: 'Questionnaire', id: 'q', status: 'active', item: asked };
  const response = { resourceType: 'QuestionnaireResponse', status, questionnaire: '#q', contained: [questionnaire], item: answered };
  return validator.validate(Buffer.from(JSON.stringify(response))).filter((f) => f.rule === 'profile-questionnaire').map((f) => `${f.severity} ${f.code} ${f.expression.replace('QuestionnaireResponse', 'QR')}`);
};
const boolean = { linkId: 'smokes', type: 'boolean' };
const when = (operator: string, answer: Item, more: Item = {}): Item => ({ linkId: 'packs', type: 'integer', required: true, enableWhen: [{ question: 'smokes', operator, ...answer }], ...more });
const smokes = (value: boolean): Item => ({ linkId: 'smokes', answer: [{ valueBoolean: value }] });
const packs = { linkId: 'packs', answer: [{ valueInteger: 2 }] };

const byExpression = (expression: string): Item => ({ linkId: 'packs', type: 'integer', required: true,
  extension: [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression', valueExpression: { language: 'text/fhirpath', expression } }] });

describe('enableWhen', () => {
  it.each([
    ['required and enabled', [boolean, when('=', { answerBoolean: true })], [smokes(true)], ['error required QR']],
    ['required and not enabled', [boolean, when('=', { answerBoolean: true })], [smokes(false)], []],
    ['answered and enabled', [boolean, when('=', { answerBoolean: true })], [smokes(true), packs], []],
    ['answered and not enabled', [boolean, when('=', { answerBoolean: true })], [smokes(false), packs], ['error invalid QR.item[1]']],
    ['exists false', [boolean, when('exists', { answerBoolean: false })], [smokes(true), packs], ['error invalid QR.item[1]']],
    ['not equal, with no answer', [boolean, when('!=', { answerBoolean: true })], [], []],
    ['greater', [{ linkId: 'n', type: 'integer' }, { linkId: 'm', type: 'string', required: true, enableWhen: [{ question: 'n', operator: '>', answerInteger: 5 }] }], [{ linkId: 'n', answer: [{ valueInteger: 6 }] }], ['error required QR']],
    ['a quantity in another unit', [{ linkId: 'n', type: 'quantity' }, { linkId: 'm', type: 'string', required: true, enableWhen: [{ question: 'n', operator: '>', answerQuantity: { value: 1, code: 'kg' } }] }],
      [{ linkId: 'n', answer: [{ valueQuantity: { value: 1500, system: 'http://unitsofmeasure.org', code: 'g' } }] }], ['error required QR']],
    ['any of two', [boolean, when('=', { answerBoolean: true }, { enableBehavior: 'any', enableWhen: [{ question: 'smokes', operator: '=', answerBoolean: true }, { question: 'smokes', operator: 'exists', answerBoolean: true }] })], [smokes(false)], ['error required QR']],
    ['all of two', [boolean, when('=', { answerBoolean: true }, { enableBehavior: 'all', enableWhen: [{ question: 'smokes', operator: '=', answerBoolean: true }, { question: 'smokes', operator: 'exists', answerBoolean: true }] })], [smokes(false)], []],
    ['by an expression', [boolean, byExpression("%resource.item.where(linkId = 'smokes').answer.value = true")], [smokes(false), packs], ['error invalid QR.item[1]']],
    ['by an expression that holds', [boolean, byExpression("%resource.item.where(linkId = 'smokes').answer.value = true")], [smokes(true), packs], []],
    ['by an expression nobody here knows', [boolean, byExpression('%smokes')], [smokes(true), packs], []],
    ['asked from within a group', [boolean, { linkId: 'g', type: 'group', item: [when('=', { answerBoolean: true })] }], [smokes(true), { linkId: 'g', item: [] }], ['error required QR.item[1]']],
  ] as const)('%s', (_name, asked, answered, expected) => { expect(said(asked, answered)).toEqual(expected); });
});

describe('answers', () => {
  const coding = (code: string) => ({ valueCoding: { system: 'http://a.example', code } });
  const exclusive = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive', valueBoolean: true }], ...coding('none') };
  const unit = (code: string): Item => ({ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption', valueCoding: { system: 'http://unitsofmeasure.org', code } });
  it.each([
    ['an exclusive option beside another', [{ linkId: 'a', type: 'choice', repeats: true, answerOption: [exclusive, coding('x')] }], [{ linkId: 'a', answer: [coding('none'), coding('x')] }], ['error invariant QR.item[0].answer[0]']],
    ['a unit that is not offered', [{ linkId: 'a', type: 'quantity', extension: [unit('kg')] }], [{ linkId: 'a', answer: [{ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'm' } }] }], ['error invariant QR.item[0].answer[0].value.ofType(Quantity)']],
    ['an empty required group', [{ linkId: 'a', type: 'group', required: true, item: [{ linkId: 'b', type: 'string' }] }], [{ linkId: 'a' }], ['error invariant QR.item[0]']],
    ['a line break in a string', [{ linkId: 'a', type: 'string' }], [{ linkId: 'a', answer: [{ valueString: 'b\nc' }] }], ['warning invariant QR.item[0].answer[0].value.ofType(string)']],
    ['a required item, not answered yet', [{ linkId: 'a', type: 'string', required: true }], [], ['error required QR']],
  ] as const)('%s', (_name, asked, answered, expected) => { expect(said(asked, answered)).toEqual(expected); });
  it('what is in progress may lack answers', () => { expect(said([{ linkId: 'a', type: 'string', required: true }], [], 'in-progress')).toEqual(['warning required QR']); });
});

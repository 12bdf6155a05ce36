import type { Observation } from '@medplum/fhirtypes';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';
import { measuredValues } from '../templates/measured-values.ts';

// LOINC SCALE_TYP: a quantity has a number, an ordinal or nominal result a concept or a word, a narrative a text.
const fits: Readonly<Record<string, readonly string[]>> = {
  Qn: ['valueQuantity', 'valueRange', 'valueRatio', 'valueInteger', 'valueSampledData'],
  Ord: ['valueCodeableConcept', 'valueString', 'valueBoolean', 'valueInteger'],
  Nom: ['valueCodeableConcept', 'valueString', 'valueBoolean'],
  Nar: ['valueString', 'valueCodeableConcept'],
};

export const valueTypeFits = resourceRule<Observation>({
  id: 'value-type-fits', version: 3, category: 'value conformance', owner: 'mapping',
  title: 'A kind of value the code does not have', why: 'A word where a number belongs, or a number where a concept does: the code is another test’s.',
  sources: ['LOINC Users’ Guide, 2.5 Scale (SCALE_TYP)'],
  reads: { Observation: ['code', 'status', 'component'] },
  check: (observation) => measuredValues(observation).flatMap(({ holder, measure, path }) => {
    const kind = measure === undefined ? undefined : Object.keys(holder).find((name) => /^value[A-Z]/.test(name));
    if (measure === undefined || kind === undefined || fits[measure.scale]?.includes(kind) !== false) return [];
    return [wrong(`${path}.value`, 'The code’s scale has another kind of value than this; correct the mapping of the code or of the value.',
      { cause: `loinc ${measure.code} with ${kind}`, evidence: [{ expression: `${path}.code`, role: 'against' }] })];
  }),
});

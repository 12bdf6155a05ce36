import { Model, type ElementInfo, type TypeInfo } from '../fhirpath/model.ts';

const ofOneType = ({ elements }: TypeInfo): [string, ElementInfo][] => [...elements.values()].filter(({ variants }) => variants.length > 1)
  .flatMap(({ variants }) => variants.map((variant) => [variant.key, { name: variant.key, many: false, variants: [variant] }]));

/** Rules of implementation guides write `valueQuantity` too, which strict FHIRPath has not; HL7's engine takes it for the choice of that type, and so it is meant. */
export const withTypedChoices = (model: Model): Model =>
  new Model(new Map([...model.types].map(([name, info]) => {
    const named = ofOneType(info);
    return [name, named.length === 0 ? info : { ...info, elements: new Map([...named, ...info.elements]) }];
  })));

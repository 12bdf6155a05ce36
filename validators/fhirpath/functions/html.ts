// http://hl7.org/fhir/R4/fhirpath.html#functions: htmlChecks() stands in txt-1 and txt-2
import { single, stringOf } from '../convert.ts';
import { none, truth } from '../item.ts';
import { judgeXhtml } from '../xhtml.ts';
import { type FunctionRow, plain } from './definition.ts';

export const html: readonly FunctionRow[] = [
  plain('htmlChecks', 0, 0, (input) => {
    const item = single(input, 'htmlChecks()');
    const text = item === undefined ? undefined : stringOf(item);
    if (text === undefined) return none;
    const { wellFormed, allowed } = judgeXhtml(text);
    return truth(wellFormed && allowed);
  }),
  /** txt-2 alone: some content. R4 writes htmlChecks() for it too; the caller may ask for this one. */
  plain('htmlChecks2', 0, 0, (input) => {
    const item = single(input, 'htmlChecks2()');
    const text = item === undefined ? undefined : stringOf(item);
    return text === undefined ? none : truth(judgeXhtml(text).hasContent);
  }),
];

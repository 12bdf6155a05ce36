/** `syntax`: not FHIRPath. `semantic`: names something the model or the language does not have. `execution`: these data break a rule of the language. */
export type FhirPathErrorKind = 'syntax' | 'semantic' | 'execution';

/** The only error this folder throws. Its message may quote the expression (a profile's text), never data. */
export class FhirPathError extends Error {
  override readonly name = 'FhirPathError';
  readonly kind: FhirPathErrorKind;
  /** Offset in the expression, where one is known. */
  readonly at: number | undefined;
  constructor(kind: FhirPathErrorKind, message: string, at?: number) {
    super(message);
    this.kind = kind;
    this.at = at;
  }
}

/** Singleton evaluation: http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections */
export const tooMany = (where: string): FhirPathError =>
  new FhirPathError('execution', `${where} takes one item at most, but there are several`);

export const wrongType = (where: string, wanted: string): FhirPathError =>
  new FhirPathError('execution', `${where} takes ${wanted}`);

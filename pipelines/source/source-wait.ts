import { AssayError } from '../../terms/errors.ts';

/** The source asked us to wait: whoever tries again should do so after `waitMs`. */
export class SourceWait extends AssayError {
  readonly waitMs: number;
  constructor(waitMs: number, detail: string) {
    super('ASSAY_SOURCE_BUSY', detail);
    this.waitMs = waitMs;
  }
}

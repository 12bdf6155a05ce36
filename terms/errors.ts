/**
 * Every error a user can meet: docs/errors.md is made from this, a retired code keeps its row.
 * `exit`: the CLI's exit code (1 the job failed, 2 wrong use). `retry`: whether trying the same again
 * can help; a workflow does not retry the others.
 */
export type ErrorRow = {
  readonly exit: 1 | 2;
  readonly retry: boolean;
  /** What happened, as a sentence that quotes nothing it was given. */
  readonly says: string;
  /** What to do about it. */
  readonly doThis: string;
  readonly retired?: true;
};

const catalogue = <Code extends string>(rows: Record<Code, ErrorRow>): Readonly<Record<Code, ErrorRow>> => rows;

export const errors = catalogue({
  ASSAY_CONFIG_INVALID: {
    exit: 2, retry: false,
    says: 'The configuration file does not fit its schema.',
    doThis: 'Run `assay config check`: it names the first thing wrong and where.',
  },
  ASSAY_DATABASE_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'PostgreSQL does not answer.',
    doThis: 'Check DATABASE_URL and that the server is up, then try again.',
  },
  ASSAY_DATABASE_NEWER: {
    exit: 1, retry: false,
    says: 'The database was migrated by a newer version of this program.',
    doThis: 'Upgrade this program, or restore the database from before the upgrade.',
  },
  ASSAY_SOURCE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No source has this name.',
    doThis: 'Run `assay sources` to see the names, or add the source to assay.config.json.',
  },
  ASSAY_SOURCE_TOKEN_REFUSED: {
    exit: 1, retry: false,
    says: 'The EHR refused our client credentials.',
    doThis: 'Register the public key shown by `assay sources show NAME` with the EHR, then run again.',
  },
  ASSAY_LINE_NOT_JSON: {
    exit: 1, retry: false,
    says: 'A line is not JSON.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team why it sent them.',
  },
  ASSAY_LINE_NOT_RESOURCE: {
    exit: 1, retry: false,
    says: 'A line is JSON but no FHIR resource with a known type and an id.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team why it sent them.',
  },
  ASSAY_LINE_WRONG_TYPE: {
    exit: 1, retry: false,
    says: 'A file that was announced for one resource type holds another.',
    doThis: 'The bytes are kept in quarantine with file and line; the manifest of the export is wrong: tell the EHR’s vendor.',
  },
  ASSAY_LINE_NOT_UTF8: {
    exit: 1, retry: false,
    says: 'A line is not valid UTF-8.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team for UTF-8.',
  },
});

export type ErrorCode = keyof typeof errors;

/** An error of the catalogue. `detail` is for engineers: ids, counts, HTTP statuses; never patient data. */
export class AssayError extends Error {
  override readonly name = 'AssayError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? errors[code].says : `${errors[code].says} (${detail})`, options);
    this.code = code;
    this.detail = detail;
  }
}

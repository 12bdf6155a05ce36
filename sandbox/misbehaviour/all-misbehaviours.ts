import { absoluteReferences } from './absolute-references.ts';
import { blankLines } from './blank-lines.ts';
import { byteOrderMark } from './byte-order-mark.ts';
import { containedResources } from './contained-resources.ts';
import { deletionsOmitted } from './deletions-omitted.ts';
import { downloadRedirects } from './download-redirects.ts';
import { duplicateKickOffConflicts } from './duplicate-kick-off-conflicts.ts';
import { filesExpire } from './files-expire.ts';
import { gzipAlways } from './gzip-always.ts';
import { historyInExport } from './history-in-export.ts';
import { htmlInsteadOfNdjson } from './html-instead-of-ndjson.ts';
import { hugeLine } from './huge-line.ts';
import { kickOffAnswerLost } from './kick-off-answer-lost.ts';
import { linkedResourcesOmitted } from './linked-resources-omitted.ts';
import { nextLinkExpires } from './next-link-expires.ts';
import { noLastUpdated } from './no-last-updated.ts';
import { observationCategoryRefused } from './observation-category-refused.ts';
import { oneExportAtATime } from './one-export-at-a-time.ts';
import { outcomeInSearchset } from './outcome-in-searchset.ts';
import { outcomeInsteadOfNdjson } from './outcome-instead-of-ndjson.ts';
import { partialSuccess } from './partial-success.ts';
import { randomFailures } from './random-failures.ts';
import { rangesIgnored } from './ranges-ignored.ts';
import { retryAfterHours } from './retry-after-hours.ts';
import { retryAfterHttpDate } from './retry-after-http-date.ts';
import { sameResourceTwice } from './same-resource-twice.ts';
import { searchModeAbsent } from './search-mode-absent.ts';
import { searchNeedsParameter } from './search-needs-parameter.ts';
import { shortTokens } from './short-tokens.ts';
import { sinceMissesNewMembers } from './since-misses-new-members.ts';
import { slowExport } from './slow-export.ts';
import { tokenExpiresMidDownload } from './token-expires-mid-download.ts';
import { tooManyRequestsWhileExporting } from './too-many-requests-while-exporting.ts';
import { truncatedLastLine } from './truncated-last-line.ts';
import { typeMayNotRepeat } from './type-may-not-repeat.ts';
import { versionedReferences } from './versioned-references.ts';
import { wrongContentLength } from './wrong-content-length.ts';
import type { Misbehaviour } from './misbehaviour.ts';

export const allMisbehaviours: readonly Misbehaviour[] = [
  // kick-off and waiting
  oneExportAtATime,
  slowExport,
  tooManyRequestsWhileExporting,
  retryAfterHours,
  retryAfterHttpDate,
  duplicateKickOffConflicts,
  kickOffAnswerLost,
  typeMayNotRepeat,
  // what an export holds
  partialSuccess,
  deletionsOmitted,
  sinceMissesNewMembers,
  historyInExport,
  linkedResourcesOmitted,
  filesExpire,
  // lines
  sameResourceTwice,
  truncatedLastLine,
  blankLines,
  byteOrderMark,
  hugeLine,
  // downloads
  downloadRedirects,
  shortTokens,
  tokenExpiresMidDownload,
  htmlInsteadOfNdjson,
  outcomeInsteadOfNdjson,
  gzipAlways,
  wrongContentLength,
  rangesIgnored,
  // search
  noLastUpdated,
  nextLinkExpires,
  outcomeInSearchset,
  searchModeAbsent,
  observationCategoryRefused,
  searchNeedsParameter,
  // references
  absoluteReferences,
  versionedReferences,
  containedResources,
  // anything
  randomFailures,
];

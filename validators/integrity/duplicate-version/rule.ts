import { historyRule } from '../history-rule.ts';
import { contentDigest } from '../reading/content-digest.ts';
import { wrong } from '../say.ts';

const versionOf = (resource: { readonly [name: string]: unknown }): string | undefined => (resource['meta'] as { versionId?: string } | undefined)?.versionId;

export const duplicateVersion = historyRule({
  id: 'duplicate-version', version: 1, category: 'uniqueness plausibility', owner: 'mapping',
  title: 'One version with two contents', why: 'The source changed a record without saying so: nobody can tell which content was acted on.',
  sources: ['http://hl7.org/fhir/R4/resource-definitions.html#Meta.versionId (changes with each change of content)'],
  reads: { '*': [] },
  check(before, after, { beforeVersion }) {
    const version = versionOf(after);
    if (version === undefined || version !== versionOf(before) || contentDigest(before) === contentDigest(after)) return [];
    return [wrong(`${after.resourceType}.meta.versionId`, 'The source sent other content under a version that had landed before.',
      { code: 'conflict', evidence: [{ version: beforeVersion, expression: `${before.resourceType}.meta.versionId`, role: 'against' }] })];
  },
});

import { safeCode } from '../reading/cause.ts';
import { day, moment } from '../reading/moments.ts';
import { unevaluated, wrong } from '../say.ts';
import { codingRule } from '../templates/coding-rule.ts';

// Medicare's payment window: services of the three days before admission (one day in hospitals outside IPPS) belong to the stay.
const window = 3 * day;

export const claimProcedureOutsideStay = codingRule({
  id: 'claim-procedure-outside-stay', version: 7,
  title: 'A reported procedure that the stay does not have', why: 'Something is billed that nobody did in this stay, or it was done in another.',
  sources: ['CMS Claims Processing Manual, ch. 3, 40.3 (3-day and 1-day payment window)'],
  judge({ kind, coding, concept, claim, inpatient, encounter, version, expression }, chart) {
    if (kind !== 'procedure' || claim === undefined || !inpatient) return [];
    const frame = chart.frames.get(encounter ?? '');
    const [start, end] = [frame?.start ?? moment(claim.from)?.from, frame?.end ?? moment(claim.to)?.to];
    const about = { version, cause: safeCode(coding.system, coding.code) };
    if (start === undefined || end === undefined) return [unevaluated(expression, 'The times of the stay are not known, so nobody can tell whether the procedure belongs to it.', about)];
    const line = claim.procedures.find((one) => one.expression === expression);
    const on = moment(line?.date);
    if (on !== undefined && (on.to < start - window || on.from > end)) {
      return [wrong(expression, 'The reported procedure is dated outside the stay and its payment window.', about)];
    }
    const alike = [...chart.procedures.values()].filter((done) => (line?.reference !== undefined ? done.id === line.reference
      : done.codings.some((one) => one.code === coding.code && one.system === coding.system) || (concept !== undefined && done.concept?.id === concept.id)));
    if (alike.some((done) => (done.from === undefined || done.from <= end + day) && (done.to === undefined || done.to >= start - window))) return [];
    return [wrong(expression, 'No procedure of this kind is recorded in the stay or its payment window.', { ...about,
      evidence: alike.map((done) => ({ version: done.version, expression: 'Procedure.performed', role: 'against' as const })) })];
  },
});

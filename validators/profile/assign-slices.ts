import type { Checker } from './checker.ts';
import type { Statement } from './run.ts';
import type { SlicingSpec } from './slicing.ts';

const cannotTell = ({ node, source }: SlicingSpec): Statement => ({ rule: 'profile-slicing-open', severity: 'warning', code: 'code-invalid', messageId: 'Terminology_TX_ValueSet_NotFound', profile: source, unevaluated: true,
  says: `Which slice of ${node.id} this element belongs to rests on a value set that cannot be worked out from the loaded packages; add what it draws on, or a terminology server.` });

/** Puts each value into its slice, checks it there, then the slices' counts, order and closedness. */
export const assignSlices = (checker: Checker, values: readonly unknown[], spec: SlicingSpec, type: string | undefined): void => {
  const { slices } = spec;
  const members: (unknown[] | undefined)[] = [];
  let last = -1, unmatched = false;
  /** Slices that some value may be in. */
  let open: Set<number> | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    checker.enter(type !== undefined && spec.node.choice ? `${spec.label}.ofType(${type})` : spec.label, spec.list ? i : -1);
    let at = -1, doubt = false;
    for (let s = 0; s < slices.length; s++) {
      if (slices[s]!.match(value, checker, type)) { at = s; checker.undecided = false; break; }
      if (checker.undecided) { checker.undecided = false; doubt = true; (open ??= new Set()).add(s); }
    }
    if (at < 0 && doubt) checker.add(cannotTell(spec));
    else if (at < 0) {
      if (spec.rules === 'closed') {
        checker.add({ rule: 'profile-slicing-closed', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_NotSlice', profile: spec.source,
          says: `This element fits none of the slices that ${spec.node.id} allows, and no others are allowed; make it fit one or remove it.` });
      } else if (slices.length > 0 && checker.trial === 0 && checker.options.hints && checker.quiet === 0 && type === undefined) {
        checker.add({ rule: 'profile-slicing-open', severity: 'information', code: 'informational', messageId: 'This_element_does_not_match_any_known_slice_', profile: spec.source,
          says: `This element fits none of the slices that ${spec.node.id} defines; others are allowed.` });
      }
      unmatched = true;
    } else {
      if ((spec.ordered && at < last) || (spec.rules === 'openAtEnd' && unmatched)) {
        checker.add({ rule: 'profile-slicing-order', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_OutOfOrder', profile: spec.source,
          says: `The slices of ${spec.node.id} have an order that this element breaks; put the elements in the order of the profile.` });
      }
      last = at;
      (members[at] ??= []).push(value);
      spec.checks[at]?.(value, checker);
    }
    checker.depth--;
  }
  for (let s = 0; s < slices.length; s++) {
    const { min, max, node } = slices[s]!;
    const found = members[s] ?? [];
    if (found.length < min && open?.has(s)) continue;
    if (found.length < min) {
      checker.add({ rule: 'profile-slice-cardinality', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Minimum_SLICE', profile: spec.source,
        says: `The slice ${node.id} must be present at least ${min === 1 ? 'once' : `${min} times`}; add an element that fits it.` });
    } else if (found.length > max) {
      checker.add({ rule: 'profile-slice-cardinality', severity: 'error', code: 'structure', messageId: 'Validation_VAL_Profile_Maximum_SLICE', profile: spec.source,
        says: `The slice ${node.id} may be present at most ${max === 1 ? 'once' : `${max} times`}; remove the others.` });
    }
    const nested = spec.nested[s];
    if (nested && found.length > 0) assignSlices(checker, found, nested, type);
  }
};

import { calendarText, policyText } from './rules-draft.ts';
import type { RulesDraft } from './rules-draft.ts';

/** One thing that saving the draft would change, for people to check. */
export interface ChangedPart {
  readonly what: 'added' | 'again' | 'changed' | 'removed' | 'order';
  readonly id: string;
  readonly name: string;
  /** From when on, `YYYY-MM-DD`; empty for as soon as it is saved. */
  readonly fromText: string;
}

/**
 * What differs between the draft and what is saved, calendars first.
 * @param retired ids of saved calendars that are out of use: one of them in the draft is used again
 */
export function changedParts(draft: RulesDraft, base: RulesDraft, retired: ReadonlySet<string>): readonly ChangedPart[] {
  const calendars = draft.calendars.flatMap((each): readonly ChangedPart[] => {
    const saved = base.calendars.find((other) => other.id === each.id);
    if (retired.has(each.id)) return [{ what: 'again', id: each.id, name: each.name, fromText: each.fromText }];
    return partOf(each, saved, saved !== undefined && calendarText(saved) === calendarText(each), each.fromText);
  });
  const policies = draft.policies.flatMap((each) => {
    const saved = base.policies.find((other) => other.id === each.id);
    return partOf(each, saved, saved !== undefined && policyText(saved) === policyText(each), '');
  });
  const removed = [...leaving(base.calendars, draft.calendars), ...leaving(base.policies, draft.policies)].map(
    ({ id, name }): ChangedPart => ({ what: 'removed', id, name, fromText: '' }),
  );
  const order = (of: RulesDraft, other: RulesDraft): string =>
    of.policies
      .filter((each) => other.policies.some((same) => same.id === each.id))
      .map((each) => each.id)
      .join();
  const moved: readonly ChangedPart[] =
    order(draft, base) === order(base, draft) ? [] : [{ what: 'order', id: '', name: '', fromText: '' }];
  return [...calendars, ...policies, ...removed, ...moved];
}

/** What is saved and not in the draft any more: it goes out of use. */
export function leaving<Part extends { readonly id: string }>(saved: readonly Part[], draft: readonly Part[]): readonly Part[] {
  return saved.filter((part) => draft.every((each) => each.id !== part.id));
}

function partOf(
  { id, name }: { readonly id: string; readonly name: string },
  saved: object | undefined,
  isSame: boolean,
  fromText: string,
): readonly ChangedPart[] {
  return isSame ? [] : [{ what: saved === undefined ? 'added' : 'changed', id, name, fromText }];
}

import { create } from 'zustand';
import type { SlaConfig } from '../../../shared/contract/sla.contract.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { draftOf, isSameDraft } from './rules-draft.ts';
import type { CalendarDraft, PolicyDraft, RulesDraft } from './rules-draft.ts';

/**
 * The lead's unsaved rules. Kept for as long as the window lives, so that going to look at a case loses no edit; the
 * pages of hours, policies and the simulator all show this one draft, because a promise is made of both.
 */
export interface RulesState {
  /** What is saved, as the draft was begun from. */
  readonly config: SlaConfig | null;
  readonly base: RulesDraft | null;
  readonly draft: RulesDraft | null;
  /** What was saved since by somebody else, while there are edits. */
  readonly newer: SlaConfig | null;
  readonly calendarId: string | null;
  readonly policyId: string | null;
}

const NOTHING: RulesState = { config: null, base: null, draft: null, newer: null, calendarId: null, policyId: null };

export const useRules = create<RulesState>()(() => NOTHING);

/** Forgets everything, as for another workspace. */
export function forgetRules(): void {
  useRules.setState(NOTHING);
}

/** Takes over what the engine has saved, unless that would throw away edits; then it is offered. */
export function followConfig(config: SlaConfig, now: Instant): void {
  const { config: known, base, draft } = useRules.getState();
  if (known === config) return;
  const fresh = draftOf(config, now);
  const hasEdits = base !== null && draft !== null && !isSameDraft(base, draft);
  if (!hasEdits || isSameDraft(fresh, draft)) useRules.setState({ config, base: fresh, draft: fresh, newer: null });
  else if (isSameDraft(fresh, base)) useRules.setState({ config, base: fresh, newer: null });
  else useRules.setState({ newer: config });
}

/** Throws the edits away. */
export function discardEdits(now: Instant): void {
  const { config, newer } = useRules.getState();
  const kept = newer ?? config;
  if (kept === null) return;
  const fresh = draftOf(kept, now);
  useRules.setState({ config: kept, base: fresh, draft: fresh, newer: null });
}

/** Goes on with the edits over what somebody else saved meanwhile. */
export function keepEdits(now: Instant): void {
  const { newer } = useRules.getState();
  if (newer !== null) useRules.setState({ config: newer, base: draftOf(newer, now), newer: null });
}

/** The edits are saved: they are what is edited from now on. */
export function editsSaved(now: Instant): void {
  const { newer, draft } = useRules.getState();
  if (newer === null) useRules.setState({ base: draft });
  else discardEdits(now);
}

function editDraft(change: (draft: RulesDraft) => RulesDraft): void {
  useRules.setState(({ draft }) => (draft === null ? {} : { draft: change(draft) }));
}

export function editCalendar(id: string, patch: Partial<CalendarDraft>): void {
  editDraft((draft) => ({ ...draft, calendars: draft.calendars.map((each) => (each.id === id ? { ...each, ...patch } : each)) }));
}

export function addCalendar(calendar: CalendarDraft): void {
  editDraft((draft) => ({ ...draft, calendars: [...draft.calendars, calendar] }));
  useRules.setState({ calendarId: calendar.id });
}

/** Takes a calendar out of use, unless a policy promises it: hours that were promised are kept until something else is. */
export function retireCalendar(id: string): void {
  editDraft((draft) =>
    draft.policies.some((each) => promises(each, id)) ? draft : { ...draft, calendars: draft.calendars.filter((each) => each.id !== id) },
  );
}

/** Whether a policy as it is edited promises a calendar. */
export function promises({ promiseKind, calendarIds }: PolicyDraft, calendarId: string): boolean {
  return promiseKind === 'calendars' && calendarIds.includes(calendarId);
}

/** Takes a calendar back into the draft, at its place among the saved ones. */
export function putBackCalendar(calendar: CalendarDraft): void {
  useRules.setState(({ base, draft }) =>
    draft === null
      ? {}
      : { draft: { ...draft, calendars: putBack(calendar, draft.calendars, base?.calendars ?? []) }, calendarId: calendar.id },
  );
}

/** Takes a policy back into the draft, at its place among the saved ones. */
export function putBackPolicy(policy: PolicyDraft): void {
  useRules.setState(({ base, draft }) =>
    draft === null ? {} : { draft: { ...draft, policies: putBack(policy, draft.policies, base?.policies ?? []) }, policyId: policy.id },
  );
}

/** After the nearest of those that were before it and are still there. */
function putBack<Part extends { readonly id: string }>(part: Part, parts: readonly Part[], saved: readonly Part[]): readonly Part[] {
  const others = parts.filter((each) => each.id !== part.id);
  const before = saved
    .slice(
      0,
      Math.max(
        0,
        saved.findIndex((each) => each.id === part.id),
      ),
    )
    .map((each) => each.id);
  const place = saved.some((each) => each.id === part.id) ? others.findLastIndex((each) => before.includes(each.id)) + 1 : others.length;
  return others.toSpliced(place, 0, part);
}

/** Only for one that was never saved: saved hours are part of the history of clocks. */
export function removeCalendar(id: string): void {
  editDraft((draft) => ({
    calendars: draft.calendars.filter((each) => each.id !== id),
    policies: draft.policies.map((each) =>
      each.calendarIds.includes(id) ? { ...each, calendarIds: each.calendarIds.filter((other) => other !== id) } : each,
    ),
  }));
}

export function editPolicy(id: string, patch: Partial<PolicyDraft>): void {
  editDraft((draft) => ({ ...draft, policies: draft.policies.map((each) => (each.id === id ? { ...each, ...patch } : each)) }));
}

/** Puts a policy into the list, after another or first: a policy at the end would never be asked after one for everybody. */
export function addPolicy(policy: PolicyDraft, afterId: string | null): void {
  editDraft((draft) => {
    const place = draft.policies.findIndex((each) => each.id === afterId) + 1;
    return { ...draft, policies: draft.policies.toSpliced(place, 0, policy) };
  });
  useRules.setState({ policyId: policy.id });
}

export function removePolicy(id: string): void {
  editDraft((draft) => ({ ...draft, policies: draft.policies.filter((each) => each.id !== id) }));
}

/** Moves a policy to a place in the list, counted from 0; places beyond the ends are the ends. */
export function movePolicy(id: string, place: number): void {
  editDraft((draft) => {
    const policy = draft.policies.find((each) => each.id === id);
    if (policy === undefined) return draft;
    const others = draft.policies.filter((each) => each.id !== id);
    return { ...draft, policies: others.toSpliced(Math.min(others.length, Math.max(0, place)), 0, policy) };
  });
}

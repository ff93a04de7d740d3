import i18next from 'i18next';
import { call, newOperationId } from '../../../bridge/client.ts';
import { stableJson } from '../../../bridge/live-queries.ts';
import type { Shift, ShiftBody, ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import { makeId, ulid } from '../../../../shared/domain/ids.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { say, usePlanner } from './planner.store.ts';
import type { Pending, Step } from './planner.store.ts';

/** Changing the draft: shown at once, then sent; what the engine answers as inverse is what undo sends. */

const MAX_STEPS = 100;

/** What an undo or redo waits for: a second press counts, and neither overtakes the first nor an edit that is on its way. */
let turns: Promise<void> = Promise.resolve();

export function newShiftId(): ShiftId {
  return makeId('shf', ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
}

export function changed(shiftId: ShiftId, body: ShiftBody): ShiftChange {
  return { shiftId, draft: { kind: 'changed', body } };
}

/** Changes the draft as one step that can be taken back. Returns whether the engine took it. */
export async function editPlan(changes: readonly ShiftChange[], label: string): Promise<boolean> {
  if (changes.length === 0) return false;
  const edit = send(changes).then((inverse) => {
    if (inverse === null) return false;
    remember({ label, inverse });
    say(label);
    return true;
  });
  // It leaves at once; only what takes steps back waits until this is one.
  turns = Promise.all([turns, edit]).then(() => undefined);
  return edit;
}

/** Remembers a step that another command has done to the draft. */
export function remember(step: Step): void {
  usePlanner.setState(({ done }) => ({ done: [...done, step].slice(-MAX_STEPS), undone: [] }));
}

export async function undoStep(): Promise<void> {
  await turn('done', 'undone', 'plan:undo.undone');
}

export async function redoStep(): Promise<void> {
  await turn('undone', 'done', 'plan:undo.redone');
}

async function turn(from: 'done' | 'undone', to: 'done' | 'undone', words: 'plan:undo.undone' | 'plan:undo.redone'): Promise<void> {
  turns = turns.then(async () => turnOnce(from, to, words));
  await turns;
}

async function turnOnce(from: 'done' | 'undone', to: 'done' | 'undone', words: 'plan:undo.undone' | 'plan:undo.redone'): Promise<void> {
  const step = usePlanner.getState()[from].at(-1);
  if (step === undefined) return;
  usePlanner.setState((state) => ({ [from]: state[from].slice(0, -1) }));
  const inverse = await send(step.inverse);
  if (inverse === null) return;
  usePlanner.setState((state) => ({ [to]: [...state[to], { label: step.label, inverse }] }));
  say(i18next.t(words, { what: step.label }));
}

/** Sends changes, with them shown meanwhile. Returns their inverse; null when they were refused, which is told. */
async function send(changes: readonly ShiftChange[]): Promise<readonly ShiftChange[] | null> {
  const sent = new Map<ShiftId, Pending>(changes.map((change) => [change.shiftId, { change, isAnswered: false }]));
  usePlanner.setState(({ pending }) => ({ pending: new Map([...pending, ...sent]) }));
  const answer = await call('plan.edit', { opId: newOperationId(), changes });
  usePlanner.setState(({ pending }) => {
    const next = new Map(pending);
    for (const [shiftId, mine] of sent) {
      if (next.get(shiftId) !== mine) continue;
      if (answer.ok) next.set(shiftId, { ...mine, isAnswered: true });
      else next.delete(shiftId);
    }
    return { pending: next };
  });
  if (answer.ok) return answer.value.inverse;
  tellProblem(answer.error.code, 'plan:failed.edit');
  return null;
}

export type PlanFailure =
  | 'plan:failed.edit'
  | 'plan:failed.publish'
  | 'plan:failed.revert'
  | 'plan:failed.discard'
  | 'plan:failed.generate'
  | 'plan:failed.save'
  | 'plan:failed.decide'
  | 'plan:failed.export';

/** Says that something was refused, and why. */
export function tellProblem(code: string, title: PlanFailure): void {
  showToast({ title: i18next.t(title), description: errorText(i18next.getFixedT(null, 'errors'), code), tone: 'problem' });
}

/**
 * What was answered is in one of the next two plans: plans are told a moment after they come, so the first one may be from before the answer. To go by that
 * one would show the shift as it was, for as long as the other takes, and a key pressed meanwhile would go on from there.
 */
export function forgetAnswered(shifts: readonly Shift[]): void {
  const { pending } = usePlanner.getState();
  if (![...pending.values()].some((each) => each.isAnswered)) return;
  const drafts = new Map(shifts.map(({ shiftId, draft }) => [shiftId, stableJson(draft)]));
  const next = [...pending].flatMap(([shiftId, each]): readonly [ShiftId, Pending][] => {
    if (!each.isAnswered) return [[shiftId, each]];
    const { draft } = each.change;
    // a shift that was only drafted is not there any more when its draft is taken back
    const isThere = (drafts.get(shiftId) ?? (draft.kind === 'changed' ? null : stableJson(draft))) === stableJson(draft);
    return isThere || each.isOverdue === true ? [] : [[shiftId, { ...each, isOverdue: true }]];
  });
  usePlanner.setState({ pending: new Map(next) });
}

/** The shifts with what is on its way laid over them. Shifts that nothing is on its way for stay the same objects. */
export function withPending(shifts: readonly Shift[], pending: ReadonlyMap<ShiftId, Pending>): readonly Shift[] {
  if (pending.size === 0) return shifts;
  const known = new Set<ShiftId>();
  const laid = shifts.map((shift) => {
    known.add(shift.shiftId);
    const mine = pending.get(shift.shiftId);
    return mine === undefined ? shift : { ...shift, draft: mine.change.draft };
  });
  const fresh = [...pending.values()]
    .filter(({ change }) => !known.has(change.shiftId) && change.draft.kind === 'changed')
    .map(({ change }): Shift => ({ shiftId: change.shiftId, revision: 0, published: null, cancelled: null, draft: change.draft }));
  return [...laid, ...fresh];
}

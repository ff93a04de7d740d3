import i18next from 'i18next';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { SnoozedFor } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Reminder } from '../../../shared/domain/reminder/reminders.ts';
import type { Metric } from '../../../shared/domain/sla/policy.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Grouping } from '../../../shared/domain/saved-view.ts';
import { defaultSort } from '../../../shared/domain/views.ts';
import type { SortId, ViewId } from '../../../shared/domain/views.ts';
import { checkCases, selectCase, useSession } from '../../state/session.ts';
import { beginTypingAhead, endTypingAhead } from './composer/typing-ahead.ts';
import { stopBeside } from './list/group-rows.ts';
import type { Stop } from './list/group-rows.ts';
import { neighbour, rangeBetween, targetsOf } from './list/row-selection.ts';

export type PickerKind = 'assign' | 'snooze' | 'labels' | 'priority' | 'status';
export type ComposerMode = 'reply' | 'reply-all' | 'note';

/** A snooze that waits for an answer, because it would sleep through a due time. */
export interface SnoozeQuestion {
  readonly caseIds: readonly CaseId[];
  readonly until: Instant;
  readonly awaits: SnoozedFor | null;
  /** How many of the cases are due before `until`, and the first of them. */
  readonly count: number;
  readonly dueAt: Instant;
  readonly metric: Metric;
}

/** What the inbox remembers besides the session: how the list is shown, and which choice is being made. */
export interface InboxState {
  /** Rows on screen in their order; written by the list, read by actions. */
  readonly rows: readonly CaseRow[];
  readonly order: readonly CaseId[];
  /** The row that keys act on while no case is open. */
  readonly cursorCaseId: CaseId | null;
  /** Where the current row was when it was last in the list; its neighbours are found there when it left. */
  readonly cursorIndex: number;
  /** Where the cursor can stand in a grouped list, headings among the rows; null where nothing is grouped. */
  readonly stops: readonly Stop[] | null;
  /** The heading that the cursor is on; then it is on no row. */
  readonly cursorHeading: string | null;
  /** Where a range with Shift begins. */
  readonly anchorCaseId: CaseId | null;
  readonly sorts: Partial<Readonly<Record<ViewId, SortId>>>;
  readonly groupings: Partial<Readonly<Record<ViewId, Grouping>>>;
  readonly labelFilter: string | null;
  readonly hiddenColumns: readonly string[];
  /** The choice that is open, and for which cases. */
  readonly picker: { readonly kind: PickerKind; readonly caseIds: readonly CaseId[] } | null;
  /** The cases that are to be parked, while it is asked why. */
  readonly parkCaseIds: readonly CaseId[] | null;
  readonly vipDialogCaseId: CaseId | null;
  /** The case whose clocks are explained. */
  readonly whyCaseId: CaseId | null;
  readonly snoozeQuestion: SnoozeQuestion | null;
  /** After so many days a case comes back whose customer did not write. */
  readonly replyDays: number;
  /** The cases that are to need no reply, while it is asked why. */
  readonly noReplyCaseIds: readonly CaseId[] | null;
  /** The cases that somebody is to be reminded of, and the reminder that is changed. */
  readonly reminding: { readonly caseIds: readonly CaseId[]; readonly reminder: Reminder | null } | null;
  /** Which kind of message is written, by case; the reply is the default. */
  readonly composerModes: Readonly<Record<CaseId, ComposerMode>>;
  /** Grows whenever the composer shall take the focus; `composerFocused` follows when it has it. */
  readonly composerFocus: number;
  readonly composerFocused: number;
  /** Grows whenever the conversation shall take the focus. */
  readonly conversationFocus: number;
  /** Cases that were marked unread by hand; they are not marked read again while they stay open. */
  readonly keptUnread: ReadonlySet<CaseId>;
}

/** The due time says more than the wait; who wants both shows it again. */
const HIDDEN_AT_FIRST: readonly string[] = ['waiting'];

type Kept = Pick<InboxState, 'sorts' | 'groupings' | 'hiddenColumns' | 'replyDays'>;

export const useInbox = create<InboxState>()(
  persist(
    (): InboxState => ({
      rows: [],
      order: [],
      cursorCaseId: null,
      cursorIndex: 0,
      stops: null,
      cursorHeading: null,
      anchorCaseId: null,
      sorts: {},
      groupings: {},
      labelFilter: null,
      hiddenColumns: HIDDEN_AT_FIRST,
      picker: null,
      parkCaseIds: null,
      vipDialogCaseId: null,
      whyCaseId: null,
      snoozeQuestion: null,
      replyDays: 14,
      noReplyCaseIds: null,
      reminding: null,
      composerModes: {},
      composerFocus: 0,
      composerFocused: 0,
      conversationFocus: 0,
      keptUnread: new Set(),
    }),
    {
      name: 'meridian.inbox',
      version: 2,
      partialize: ({ sorts, groupings, hiddenColumns, replyDays }): Kept => ({ sorts, groupings, hiddenColumns, replyDays }),
      // Before there were due times the list was arranged around the wait; what was chosen then says nothing about now.
      migrate: (): Kept => ({ sorts: {}, groupings: {}, hiddenColumns: HIDDEN_AT_FIRST, replyDays: 14 }),
    },
  ),
);

/** The case that keys act on: the open one, else the row under the cursor; none while the cursor is on the heading of a group. */
export function currentCaseId(): CaseId | null {
  const { cursorCaseId, cursorHeading } = useInbox.getState();
  return useSession.getState().selectedCaseId ?? (cursorHeading === null ? cursorCaseId : null);
}

/** The checked cases, else the current one. */
export function targetCaseIds(): readonly CaseId[] {
  return targetsOf(useInbox.getState().order, useSession.getState().checkedCaseIds, currentCaseId());
}

export function sortOf(view: ViewId, sorts: InboxState['sorts']): SortId {
  return sorts[view] ?? defaultSort(view);
}

export function setSort(view: ViewId, sort: SortId): void {
  useInbox.setState((state) => ({ sorts: { ...state.sorts, [view]: sort } }));
}

export function setGrouping(view: ViewId, grouping: Grouping): void {
  useInbox.setState((state) => ({ groupings: { ...state.groupings, [view]: grouping } }));
}

/** Where the cursor stands in a list: on its case while that is in it, else at the place where it stood, so that the first key press has a meaning. */
function cursorIn(
  order: readonly CaseId[],
  { cursorCaseId, cursorIndex }: Pick<InboxState, 'cursorCaseId' | 'cursorIndex'>,
): CaseId | null {
  if (cursorCaseId !== null && order.includes(cursorCaseId)) return cursorCaseId;
  return order[Math.min(cursorIndex, order.length - 1)] ?? null;
}

/**
 * Another list is shown, and what of it one sees: the cursor goes to the first row that is seen where it would stand on none of them. Keys act on
 * nothing that is out of sight. An open case stays the one that they act on.
 */
export function arriveInList(rows: readonly CaseRow[], seen: { readonly first: number; readonly last: number }): void {
  if (useSession.getState().selectedCaseId !== null) return;
  useInbox.setState((state) => {
    if (state.cursorHeading !== null) return {};
    const order = rows.map((row) => row.caseId);
    const current = cursorIn(order, state);
    const at = current === null ? -1 : order.indexOf(current);
    const index = at >= seen.first && at <= seen.last ? at : seen.first;
    return { cursorCaseId: order[index] ?? current, cursorIndex: index };
  });
}

/** Tells the actions what the list shows now. */
export function showRows(rows: readonly CaseRow[], stops: readonly Stop[] | null = null): void {
  const order = rows.map((row) => row.caseId);
  useInbox.setState((state) => {
    const isHeadingThere = stops?.some((stop) => 'heading' in stop && stop.heading === state.cursorHeading) ?? false;
    const cursorHeading = isHeadingThere ? state.cursorHeading : null;
    const current = useSession.getState().selectedCaseId ?? state.cursorCaseId;
    const at = current === null ? -1 : order.indexOf(current);
    const cursorCaseId = cursorIn(order, state);
    return {
      rows,
      order,
      stops,
      cursorHeading,
      cursorIndex: at === -1 ? Math.min(state.cursorIndex, Math.max(0, order.length - 1)) : at,
      cursorCaseId,
    };
  });
}

/** Makes a row the current one; an open conversation follows, a closed one stays closed. */
export function moveTo(caseId: CaseId | null): void {
  if (caseId === null) return;
  const { order } = useInbox.getState();
  const at = order.indexOf(caseId);
  useInbox.setState((state) => ({
    cursorCaseId: caseId,
    cursorHeading: null,
    anchorCaseId: caseId,
    cursorIndex: at === -1 ? state.cursorIndex : at,
  }));
  if (useSession.getState().selectedCaseId !== null) selectCase(caseId);
}

/** Puts the cursor on the heading of a group; an open conversation stays. */
export function moveToHeading(heading: string): void {
  if (useInbox.getState().cursorHeading !== heading) useInbox.setState({ cursorHeading: heading });
}

/** Where the cursor is in a grouped list. */
export function currentStop(): Stop | null {
  const { cursorHeading, cursorCaseId } = useInbox.getState();
  if (cursorHeading !== null) return { heading: cursorHeading };
  const caseId = useSession.getState().selectedCaseId ?? cursorCaseId;
  return caseId === null ? null : { caseId };
}

/** Moves the current row up or down; from a case that left the list it goes to those who were beside it. */
export function moveBy(step: number): void {
  const { order, cursorIndex, stops } = useInbox.getState();
  if (stops !== null) {
    const next = stopBeside(stops, currentStop(), step);
    if (next !== null && 'heading' in next) moveToHeading(next.heading);
    else moveTo(next?.caseId ?? null);
    return;
  }
  const current = currentCaseId();
  if (current !== null && !order.includes(current)) {
    const target = order[Math.min(order.length - 1, Math.max(0, step > 0 ? cursorIndex + step - 1 : cursorIndex + step))];
    moveTo(target ?? null);
    return;
  }
  moveTo(neighbour(order, current, step));
}

/** Opens a case in the conversation pane. */
export function showCase(caseId: CaseId): void {
  const at = useInbox.getState().order.indexOf(caseId);
  useInbox.setState((state) => ({
    cursorCaseId: caseId,
    cursorHeading: null,
    anchorCaseId: caseId,
    cursorIndex: at === -1 ? state.cursorIndex : at,
    keptUnread: new Set(),
  }));
  selectCase(caseId);
}

/** Closes the conversation; the cursor stays on its row. */
export function closeCase(): void {
  selectCase(null);
}

/** Checks everything between the anchor and this row, as Shift does. */
export function checkRange(to: CaseId): void {
  const { order, anchorCaseId, cursorCaseId } = useInbox.getState();
  const range = rangeBetween(order, anchorCaseId ?? cursorCaseId, to);
  checkCases([...useSession.getState().checkedCaseIds, ...range]);
  useInbox.setState((state) => ({ cursorCaseId: to, cursorIndex: Math.max(0, order.indexOf(to)), anchorCaseId: state.anchorCaseId ?? to }));
}

export function openPicker(kind: PickerKind, caseIds: readonly CaseId[]): void {
  if (caseIds.length > 0) useInbox.setState({ picker: { kind, caseIds } });
}

export function closePicker(): void {
  useInbox.setState({ picker: null });
}

/** Asks why these cases can stay over the end of a turn, or ends that. */
export function openPark(caseIds: readonly CaseId[] | null): void {
  useInbox.setState({ parkCaseIds: caseIds === null || caseIds.length === 0 ? null : caseIds });
}

/** Asks why these cases need no reply, or ends that. */
export function openNoReply(caseIds: readonly CaseId[] | null): void {
  useInbox.setState({ noReplyCaseIds: caseIds === null || caseIds.length === 0 ? null : caseIds });
}

/** Asks when somebody is to be reminded of these cases; with a reminder, that one is changed. */
export function openReminder(caseIds: readonly CaseId[], reminder: Reminder | null = null): void {
  if (caseIds.length > 0) useInbox.setState({ reminding: { caseIds, reminder } });
}

export function openVipDialog(caseId: CaseId | null): void {
  useInbox.setState({ vipDialogCaseId: caseId });
}

/** Explains the clocks of a case, or ends that. */
export function openWhy(caseId: CaseId | null): void {
  useInbox.setState({ whyCaseId: caseId });
}

export function setComposerMode(caseId: CaseId, mode: ComposerMode): void {
  useInbox.setState((state) => ({ composerModes: { ...state.composerModes, [caseId]: mode } }));
}

/**
 * True between asking the composer to take the focus and its having it, while the case is still being loaded. What is
 * typed then is meant as words and must not be taken for shortcuts.
 */
export function isComposerAwaited(): boolean {
  const { composerFocus, composerFocused } = useInbox.getState();
  return composerFocus !== composerFocused;
}

/** The composer has the focus now, or nobody waits for it any longer. Returns what was typed meanwhile. */
export function endComposerWait(): string {
  useInbox.setState((state) => ({ composerFocused: state.composerFocus }));
  return endTypingAhead();
}

/** Opens the case, if need be, and puts the cursor into the composer. */
export function startWriting(caseId: CaseId, mode: ComposerMode): void {
  if (useSession.getState().selectedCaseId !== caseId) showCase(caseId);
  setComposerMode(caseId, mode);
  askForComposer();
}

/** A busy computer takes some seconds to draw a conversation; whoever writes meanwhile must not lose a word. */
const LONGEST_WAIT_MS = 6_000;

/** Puts the cursor into the composer, now or as soon as it is there. */
export function askForComposer(): void {
  beginTypingAhead(i18next.t('inbox:composer.ahead'));
  useInbox.setState((state) => ({ composerFocus: state.composerFocus + 1 }));
  const asked = useInbox.getState().composerFocus;
  // A case that never loads must not keep the keyboard dead.
  setTimeout(() => {
    if (useInbox.getState().composerFocus === asked) endComposerWait();
  }, LONGEST_WAIT_MS);
}

export function focusConversation(): void {
  useInbox.setState((state) => ({ conversationFocus: state.conversationFocus + 1 }));
}

export function setLabelFilter(labelFilter: string | null): void {
  useInbox.setState({ labelFilter });
}

export function setColumnHidden(columnId: string, isHidden: boolean): void {
  useInbox.setState((state) => {
    const others = state.hiddenColumns.filter((each) => each !== columnId);
    return { hiddenColumns: isHidden ? [...others, columnId] : others };
  });
}

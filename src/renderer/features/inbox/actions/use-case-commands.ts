import { useWords } from '../../../i18n/use-words.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import { checkCases, setSearchText, toggleChecked, togglePane, useSession } from '../../../state/session.ts';
import {
  checkRange,
  closeCase,
  currentCaseId,
  focusConversation,
  isComposerAwaited,
  moveBy,
  openPark,
  openPicker,
  openVipDialog,
  openWhy,
  setLabelFilter,
  showCase,
  startWriting,
  targetCaseIds,
  useInbox,
} from '../inbox-store.ts';
import { useBotCommands } from '../channel/use-bot-commands.ts';
import { useLockCommands } from '../collision/reply-lock.ts';
import { askForMissing, focusChecklist } from '../context/intake-commands.ts';
import { openMacros } from '../macros/macro-store.ts';
import { casesUnder } from '../list/group-rows.ts';
import { neighbour } from '../list/row-selection.ts';
import { applyAction, applyStatus, markRead } from './apply-actions.ts';
import { useLaterCommands } from './use-later-commands.ts';
import { usePutOffCommands } from './put-off-commands.ts';

const PAGE_ROWS = 12;
/** Names of the panes that can be hidden. */
export const VIEWS_PANE = 'inbox.views';
const CONTEXT_PANE = 'inbox.context';
/** In a window too narrow for four panes the customer's panel is hidden until it is asked for. */
const CONTEXT_PANE_NARROW = 'inbox.context.shown-when-narrow';
const WIDE_FROM = 1_440;

/** Which switch of the customer's panel counts in a window of this width (CSS pixels). */
export function contextPaneId(windowWidth: number): string {
  return windowWidth >= WIDE_FROM ? CONTEXT_PANE : CONTEXT_PANE_NARROW;
}

/** Whether a pane is shown, given the panes whose switch was turned. */
export function isPaneShown(paneId: string, switched: readonly string[]): boolean {
  return paneId === CONTEXT_PANE_NARROW ? switched.includes(paneId) : !switched.includes(paneId);
}

function rowsOf(caseIds: readonly CaseId[]): readonly CaseRow[] {
  const wanted = new Set(caseIds);
  return useInbox.getState().rows.filter((row) => wanted.has(row.caseId));
}

/** True when at least one of the cases fits, or when none of them is on screen and it can not be told. */
function some(caseIds: readonly CaseId[], fits: (row: CaseRow) => boolean): boolean {
  const rows = rowsOf(caseIds);
  return caseIds.length > 0 && (rows.length === 0 || rows.some(fits));
}

function isChosen(): boolean {
  return !isComposerAwaited() && useSession.getState().route === 'inbox' && targetCaseIds().length > 0;
}

function isInInbox(): boolean {
  return !isComposerAwaited() && useSession.getState().route === 'inbox';
}

/** The messages that have the keyboard are leafed through by keys of pages. */
function isOutsideConversation(): boolean {
  return isInInbox() && (document.activeElement?.closest('.ib-timeline') ?? null) === null;
}

const WRITTEN_INTO = 'textarea, input, [contenteditable]';

/** Moves the keyboard's focus to where the current row is drawn with the next frame; whoever has begun to write before it goes on. */
export function focusCurrentRow(): void {
  const where = useInbox.getState().cursorHeading === null ? '[data-case-row][tabindex="0"]' : '[data-group-current]';
  const before = document.activeElement;
  requestAnimationFrame(() => {
    const now = document.activeElement;
    if (now !== before && now?.matches(WRITTEN_INTO) === true) return;
    document.querySelector<HTMLElement>(where)?.focus({ preventScroll: true });
  });
}

/** What has the keyboard there keeps it while one goes from case to case. */
const BESIDE_LIST = '#conversation, #context';

function step(by: number, extend = false): void {
  if (extend) {
    const target = neighbour(useInbox.getState().order, useInbox.getState().cursorCaseId, by);
    if (target !== null) checkRange(target);
  } else moveBy(by);
  // Enter is meant for the case that one has moved to, and not for a button that was clicked before, such as that of the view
  if ((document.activeElement?.closest(BESIDE_LIST) ?? null) === null) focusCurrentRow();
}

/** Opens the case and its panel, if need be, and takes the keyboard to the checklist. */
function goToChecklist(caseId: CaseId): void {
  if (useSession.getState().selectedCaseId !== caseId) showCase(caseId);
  const pane = contextPaneId(window.innerWidth);
  if (!isPaneShown(pane, useSession.getState().collapsedPanes)) togglePane(pane);
  focusChecklist();
}

/** Everything that can be done to cases, with its keys: the same list feeds keyboard, palette, help and menus. */
export function useCaseCommands(): readonly Action[] {
  const t = useWords('inbox');
  const handoffText = useWords('handoff');
  const macroText = useWords('macros');
  const intakeText = useWords('intake');
  const botCommands = useBotCommands();
  const laterCommands = useLaterCommands();
  const lockCommands = useLockCommands();
  const putOffCommands = usePutOffCommands();
  const run = (work: (caseIds: readonly CaseId[]) => unknown) => () => void work(targetCaseIds());
  const forCurrent = (work: (caseId: CaseId) => void) => () => {
    const current = currentCaseId();
    if (current !== null) work(current);
  };
  const command = (id: string, label: string, keys: readonly string[], work: () => void, when: () => boolean = isChosen): Action => ({
    id,
    label,
    keys,
    area: 'case',
    when,
    run: work,
  });
  const chosen = (fits: (row: CaseRow) => boolean) => () => isChosen() && some(targetCaseIds(), fits);

  return [
    command(
      'case.claim',
      t('action.claim'),
      ['c'],
      run(async (ids) => applyAction(ids, { kind: 'claim' }, (count) => t('done.claim', { count }))),
    ),
    command(
      'case.release',
      t('action.release'),
      ['shift+c'],
      run(async (ids) => applyAction(ids, { kind: 'release' }, (count) => t('done.release', { count }))),
      chosen((row) => row.assigneeId !== null),
    ),
    ...botCommands,
    ...laterCommands,
    ...lockCommands,
    ...putOffCommands,
    command(
      'case.assign',
      t('action.assign'),
      ['a'],
      run((ids) => openPicker('assign', ids)),
    ),
    command(
      'case.handOver',
      handoffText('command.handOver'),
      ['h'],
      run((ids) => openPacket(ids)),
      chosen((row) => row.status !== 'solved'),
    ),
    command(
      'case.park',
      handoffText('command.park'),
      ['shift+h'],
      run((ids) => openPark(ids)),
    ),
    command(
      'case.unpark',
      handoffText('command.unpark'),
      ['shift+u'],
      run(async (ids) => applyAction(ids, { kind: 'unpark' }, (count) => handoffText('park.undone', { count }))),
    ),
    command(
      'case.solve',
      t('action.solve'),
      ['e'],
      run(async (ids) => applyStatus(ids, 'solved')),
      chosen((row) => row.status !== 'solved'),
    ),
    command(
      'case.reopen',
      t('action.reopen'),
      ['o'],
      run(async (ids) => applyStatus(ids, 'open')),
      chosen((row) => row.status !== 'open'),
    ),
    command(
      'case.pending',
      t('action.pending'),
      ['p'],
      run(async (ids) => applyStatus(ids, 'pending')),
      chosen((row) => row.status !== 'pending'),
    ),
    command(
      'case.hold',
      t('action.hold'),
      ['shift+p'],
      run(async (ids) => applyStatus(ids, 'hold')),
      chosen((row) => row.status !== 'hold'),
    ),
    command(
      'case.snooze',
      t('action.snooze'),
      ['s'],
      run((ids) => openPicker('snooze', ids)),
    ),
    command(
      'case.wake',
      t('action.wake'),
      ['shift+s'],
      run(async (ids) => applyAction(ids, { kind: 'wake' }, (count) => t('done.wake', { count }))),
      chosen((row) => row.snoozedUntil !== null),
    ),
    command(
      'case.labels',
      t('action.labels'),
      ['l'],
      run((ids) => openPicker('labels', ids)),
    ),
    command(
      'case.askMissing',
      intakeText('ask.command'),
      ['q'],
      forCurrent((id) => void askForMissing(id)),
      () => isChosen() && currentCaseId() !== null,
    ),
    command('case.checklist', intakeText('goTo'), ['shift+q'], forCurrent(goToChecklist), () => isChosen() && currentCaseId() !== null),
    command('case.macro', macroText('command'), ['#', 'mod+j'], openMacros),
    command(
      'case.priority',
      t('action.priority'),
      ['!'],
      run((ids) => openPicker('priority', ids)),
    ),
    command(
      'case.vip',
      t('action.vip'),
      ['v'],
      forCurrent((id) => openVipDialog(id)),
    ),
    command(
      'case.why',
      t('action.why'),
      ['w'],
      forCurrent((id) => openWhy(id)),
    ),
    command(
      'case.noReplyNeeded',
      t('action.noReplyNeeded'),
      ['shift+e'],
      run(async (ids) => applyAction(ids, { kind: 'no-reply-needed' }, (count) => t('done.noReplyNeeded', { count }))),
      chosen((row) => row.waitingSince !== null),
    ),
    command(
      'case.unread',
      t('action.unread'),
      ['.'],
      run(async (ids) => markRead(ids, false)),
      chosen((row) => !row.unread),
    ),
    command(
      'case.read',
      t('action.read'),
      ['shift+m'],
      run(async (ids) => markRead(ids, true)),
      chosen((row) => row.unread),
    ),
    {
      ...command(
        'compose.reply',
        t('action.reply'),
        ['r'],
        forCurrent((id) => startWriting(id, 'reply')),
      ),
      area: 'compose',
    },
    {
      ...command(
        'compose.replyAll',
        t('action.replyAll'),
        ['shift+r'],
        forCurrent((id) => startWriting(id, 'reply-all')),
      ),
      area: 'compose',
    },
    {
      ...command(
        'compose.note',
        t('action.note'),
        ['n'],
        forCurrent((id) => startWriting(id, 'note')),
      ),
      area: 'compose',
    },
  ];
}

/** Moving about in the list and the panes. */
export function useListCommands(focusSearch: () => void): readonly Action[] {
  const t = useWords('inbox');
  const move = (id: string, label: string, keys: readonly string[], work: () => void, hidden = true): Action => ({
    id,
    label,
    keys,
    area: 'inbox',
    hidden,
    when: isInInbox,
    run: work,
  });
  return [
    move('list.next', t('action.next'), ['j', 'arrowdown'], () => step(1)),
    move('list.previous', t('action.previous'), ['k', 'arrowup'], () => step(-1)),
    move('list.extendDown', t('action.select'), ['shift+arrowdown', 'shift+j'], () => step(1, true)),
    move('list.extendUp', t('action.select'), ['shift+arrowup', 'shift+k'], () => step(-1, true)),
    { ...move('list.pageDown', t('action.next'), ['pagedown'], () => step(PAGE_ROWS)), when: isOutsideConversation },
    { ...move('list.pageUp', t('action.previous'), ['pageup'], () => step(-PAGE_ROWS)), when: isOutsideConversation },
    {
      ...move('list.open', t('action.open'), ['enter'], () => {
        // the row that has the focus may be of a search, and not the case that was open before it
        const { cursorCaseId, cursorHeading } = useInbox.getState();
        const isOnRow = cursorHeading === null && document.activeElement?.matches('[data-case-row]') === true;
        const current = (isOnRow ? cursorCaseId : null) ?? currentCaseId();
        if (current === null) return;
        showCase(current);
        focusConversation();
      }),
      // Enter on a button or a link belongs to it.
      when: () =>
        isInInbox() &&
        (document.activeElement === null || document.activeElement === document.body || document.activeElement.matches('[data-case-row]')),
    },
    move('list.select', t('action.select'), ['x'], () => {
      const { stops, cursorHeading } = useInbox.getState();
      if (stops !== null && cursorHeading !== null) {
        checkAll(casesUnder(stops, cursorHeading));
        return;
      }
      const current = currentCaseId();
      // An open case that left the list has no box to be seen.
      if (current === null || !useInbox.getState().order.includes(current)) return;
      toggleChecked(current);
      useInbox.setState({ anchorCaseId: current });
    }),
    move('list.selectAll', t('list.selectAll'), ['shift+x'], () => checkCases(useInbox.getState().order), false),
    move('list.search', t('action.search'), ['/'], focusSearch, false),
    {
      ...move('list.escape', t('action.close'), ['escape'], leaveOneStep),
      when: () =>
        isInInbox() &&
        (useSession.getState().checkedCaseIds.size > 0 ||
          useSession.getState().selectedCaseId !== null ||
          useSession.getState().searchText !== '' ||
          useInbox.getState().labelFilter !== null),
    },
    move('pane.context', t('action.toggleContext'), ['i'], () => togglePane(contextPaneId(window.innerWidth)), false),
    move('pane.views', t('action.toggleViews'), ['['], () => togglePane(VIEWS_PANE), false),
  ];
}

/** Checks these cases beside what is checked, or takes the checks away where all of them are. */
function checkAll(caseIds: readonly CaseId[]): void {
  const checked = useSession.getState().checkedCaseIds;
  const isAll = caseIds.length > 0 && caseIds.every((caseId) => checked.has(caseId));
  checkCases(isAll ? [...checked].filter((caseId) => !caseIds.includes(caseId)) : [...checked, ...caseIds]);
}

/** Escape: first the checks go, then the open case, then the search. */
function leaveOneStep(): void {
  const { checkedCaseIds, selectedCaseId } = useSession.getState();
  if (checkedCaseIds.size > 0) checkCases([]);
  else if (selectedCaseId !== null) {
    closeCase();
    focusCurrentRow();
  } else {
    setSearchText('');
    setLabelFilter(null);
  }
}

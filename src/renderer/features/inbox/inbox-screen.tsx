import { memo, startTransition, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ComponentType, ReactNode, RefObject } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CaseDetail } from '../../../shared/contract/cases.contract.ts';
import { useActions } from '../../shortcuts/registry.ts';
import { togglePane, useSession } from '../../state/session.ts';
import { ChoiceCommands } from './actions/choice-commands.ts';
import { CasePicker } from './actions/case-picker.tsx';
import { NoReplyDialog } from './actions/no-reply-dialog.tsx';
import { ParkDialog } from './actions/park-dialog.tsx';
import { ReminderDialog } from './actions/reminder-dialog.tsx';
import { contextPaneId, isPaneShown, useCaseCommands, useListCommands, VIEWS_PANE } from './actions/use-case-commands.ts';
import { VipDialog } from './actions/vip-dialog.tsx';
import { ContextPanel } from './context/context-panel.tsx';
import { useSuggestCommands } from './context/suggest-commands.ts';
import { Conversation } from './conversation/conversation.tsx';
import { closeCase, setLabelFilter, useInbox } from './inbox-store.ts';
import './inbox-screen.css';
import { NameViewDialog } from './filter/name-view-dialog.tsx';
import { useFilterCommands } from './filter/use-filter-commands.ts';
import { CaseList } from './list/case-list.tsx';
import { LinkDialog } from './mail-body/link-dialog.tsx';
import { MacroPicker } from './macros/macro-picker.tsx';
import { Panes } from './panes.tsx';
import type { Pane } from './panes.tsx';
import { SnoozeWarning } from './sla/snooze-warning.tsx';
import { WhyDialog } from './sla/why-dialog.tsx';
import { SearchBox } from './views/search-box.tsx';
import { ViewList } from './views/view-list.tsx';

function onResize(onChange: () => void): () => void {
  window.addEventListener('resize', onChange);
  return () => window.removeEventListener('resize', onChange);
}

/** Window widths (CSS pixels) below which there is no room for these beside an open case; at 200 % zoom a window is half as wide. */
const VIEWS_BESIDE_CASE_FROM = 960;
const LIST_BESIDE_CASE_FROM = 760;

function showViews(width: number): void {
  if (!isPaneShown(VIEWS_PANE, useSession.getState().collapsedPanes)) togglePane(VIEWS_PANE);
  if (width < VIEWS_BESIDE_CASE_FROM) closeCase();
}

// The same elements each time: another case being opened is no reason to draw the list and everything else anew.
const LIST = <CaseList />;
const DIALOGS = (
  <>
    <ChoiceCommands />
    <CasePicker />
    <ParkDialog />
    <NoReplyDialog />
    <ReminderDialog />
    <VipDialog />
    <SnoozeWarning />
    <WhyDialog />
    <LinkDialog />
    <MacroPicker />
    <NameViewDialog />
  </>
);

const Side = memo(function Side({ searchRef }: { readonly searchRef: RefObject<HTMLInputElement | null> }): ReactNode {
  return (
    <div className="ib-side">
      <SearchBox ref={searchRef} />
      <ViewList />
    </div>
  );
});

export interface InboxScreenProps {
  /** What other features tell of the open case, in the customer's panel: who answers for it, its promises, its handoffs. */
  readonly CaseParts?: ComponentType<{ readonly detail: CaseDetail }> | undefined;
}

/** Views, list, conversation and customer, side by side. */
export function InboxScreen({ CaseParts }: InboxScreenProps): ReactNode {
  const t = useWords('inbox');
  const search = useRef<HTMLInputElement>(null);
  const selectedCaseId = useSession((state) => state.selectedCaseId);
  // The row under the cursor is drawn first, its conversation right after it.
  const shownCaseId = useAfterPaint(selectedCaseId);
  const collapsed = useSession((state) => state.collapsedPanes);
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  const focusSearch = useCallback(() => {
    // The search stands above the views; they come back for it.
    if (search.current === null) showViews(window.innerWidth);
    requestAnimationFrame(() => {
      search.current?.focus();
      search.current?.select();
    });
  }, []);
  useActions(useCaseCommands());
  useActions(useListCommands(focusSearch));
  useActions(useFilterCommands());
  useActions(useSuggestCommands());
  useLabelFilterEnds();

  const panes: Pane[] = [];
  const isReading = selectedCaseId !== null && shownCaseId !== null;
  if (isPaneShown(VIEWS_PANE, collapsed) && !(isReading && width < VIEWS_BESIDE_CASE_FROM)) {
    panes.push({
      id: 'views',
      label: t('views.title'),
      size: '208px',
      // narrower, “Waiting on us” and “Waiting on customer” look the same
      min: '190px',
      max: '320px',
      isFixed: true,
      content: <Side searchRef={search} />,
    });
  }
  if (!isReading || width >= LIST_BESIDE_CASE_FROM) {
    panes.push({ id: 'list', label: t('list.title'), size: isReading ? '36%' : '80%', min: '280px', content: LIST });
  }
  if (isReading) {
    panes.push({
      id: 'conversation',
      label: t('conversation.title'),
      size: '44%',
      min: '340px',
      content: <Conversation key={shownCaseId} caseId={shownCaseId} />,
    });
    if (isPaneShown(contextPaneId(width), collapsed)) {
      panes.push({
        id: 'context',
        label: t('context.title'),
        size: '284px',
        min: '220px',
        max: '420px',
        isFixed: true,
        content: <ContextPanel key={shownCaseId} caseId={shownCaseId} CaseParts={CaseParts} />,
      });
    }
  }
  return (
    <div className="ib-screen">
      <Panes id="inbox" panes={panes} />
      {DIALOGS}
    </div>
  );
}

/** The value as it was when the page was last painted: what is costly to draw follows a frame later, and skips values that were passed by. */
function useAfterPaint<Value>(value: Value): Value {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
}

/** Choosing a view, from wherever, ends the look at one label. */
function useLabelFilterEnds(): void {
  const view = useSession((state) => state.view);
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view && useInbox.getState().labelFilter !== null) setLabelFilter(null);
    before.current = view;
  }, [view]);
}

import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { NotBegun, Settings } from '../../shared/contract/workspace.contract.ts';
import type { CaseId, SavedViewId } from '../../shared/domain/ids.ts';
import type { ListLook } from '../../shared/domain/saved-view.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { ViewId } from '../../shared/domain/views.ts';
import { machineZone } from '../i18n/formats.ts';
import { machineLocale } from '../i18n/i18n.ts';
import type { Locale } from '../i18n/formats.ts';

export type Route = 'inbox' | 'outbox' | 'handoffs' | 'conflicts' | 'coverage' | 'settings';
export type HandoffsTab = 'lanes' | 'sweep' | 'brief' | 'promises' | 'reminders' | 'metrics';
export type CoverageTab = 'plan' | 'requirements' | 'year' | 'demand' | 'fairness' | 'shifts';
export type SettingsPage =
  | 'assistant'
  | 'guard'
  | 'profile'
  | 'appearance'
  | 'keys'
  | 'mailboxes'
  | 'channels'
  | 'sending'
  | 'notifications'
  | 'hours'
  | 'policies'
  | 'simulator'
  | 'hubs'
  | 'people'
  | 'requirements'
  | 'routing'
  | 'macros'
  | 'knowledge'
  | 'intake'
  | 'handoffs'
  | 'acknowledgements'
  | 'team-hub'
  | 'about';

/** A case that was opened lately, as the palette shows it. */
export interface RecentCase {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
}

/**
 * What this window is looking at: session state only. Cases, messages and settings live in the engine and are seen
 * through live queries; theme, language and zone are copies that let the first frame look right before it answers.
 */
export interface Session {
  readonly route: Route;
  readonly settingsPage: SettingsPage;
  readonly handoffsTab: HandoffsTab;
  readonly coverageTab: CoverageTab;
  /** A time that somebody asked to see in the planner; taken once it is shown. */
  readonly coverageAt: Instant | null;
  /** The dialog that connects a mailbox is open. */
  readonly isAddingMailbox: boolean;
  readonly view: ViewId;
  readonly selectedCaseId: CaseId | null;
  readonly checkedCaseIds: ReadonlySet<CaseId>;
  readonly searchText: string;
  /** The saved view whose question `searchText` is, or was before it was changed. */
  readonly savedViewId: SavedViewId | null;
  /** How the answer to the question is shown where that was changed; null: as its view says, or as usual. */
  readonly listLook: ListLook | null;
  readonly isPaletteOpen: boolean;
  readonly isHelpOpen: boolean;
  /** Sizes of resizable panes by the id of their group, in percent by the id of the pane. */
  readonly paneLayouts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly collapsedPanes: readonly string[];
  /** False when the sun ribbon is folded to one line. */
  readonly isRibbonOpen: boolean;
  readonly recentCases: readonly RecentCase[];
  readonly theme: Settings['theme'];
  readonly locale: Locale;
  readonly density: Settings['density'];
  /** The zone that all times are shown in: the agent's own. */
  readonly zone: string;
  readonly isStorageFull: boolean;
  /** What the engine was to do by itself and can not begin. */
  readonly notBegun: readonly NotBegun[];
}

const MAX_RECENT = 12;
const NO_QUESTION = { searchText: '', savedViewId: null, listLook: null } as const;

export const useSession = create<Session>()(
  persist(
    (): Session => ({
      route: 'inbox',
      settingsPage: 'profile',
      handoffsTab: 'lanes',
      coverageTab: 'plan',
      coverageAt: null,
      isAddingMailbox: false,
      view: 'unassigned',
      selectedCaseId: null,
      checkedCaseIds: new Set(),
      ...NO_QUESTION,
      isPaletteOpen: false,
      isHelpOpen: false,
      paneLayouts: {},
      collapsedPanes: [],
      isRibbonOpen: true,
      recentCases: [],
      theme: 'system',
      locale: machineLocale(typeof navigator === 'undefined' ? ['en'] : navigator.languages),
      density: 'comfortable',
      zone: machineZone(),
      isStorageFull: false,
      notBegun: [],
    }),
    {
      name: 'meridian.session',
      version: 1,
      partialize: ({ view, paneLayouts, collapsedPanes, isRibbonOpen, theme, locale, density, zone }) => ({
        view,
        paneLayouts,
        collapsedPanes,
        isRibbonOpen,
        theme,
        locale,
        density,
        zone,
      }),
    },
  ),
);

export function goTo(route: Route): void {
  useSession.setState({ route, isPaletteOpen: false });
}

export function openSettings(settingsPage: SettingsPage): void {
  useSession.setState({ route: 'settings', settingsPage, isPaletteOpen: false });
}

/** Goes to a tab of Handoffs. */
export function openHandoffs(handoffsTab: HandoffsTab): void {
  useSession.setState({ route: 'handoffs', handoffsTab, isPaletteOpen: false });
}

/** Goes to a tab of Coverage; with a time, the planner shows that time. */
export function openCoverage(coverageTab: CoverageTab, coverageAt: Instant | null = null): void {
  useSession.setState({ route: 'coverage', coverageTab, coverageAt, isPaletteOpen: false });
}

/** Opens the dialog that connects a mailbox, from anywhere. */
export function addMailbox(): void {
  useSession.setState({ route: 'settings', settingsPage: 'mailboxes', isAddingMailbox: true, isPaletteOpen: false });
}

/** Shows a view of the inbox; the checks of the view before do not carry over. */
export function openView(view: ViewId): void {
  useSession.setState({ route: 'inbox', view, checkedCaseIds: new Set(), ...NO_QUESTION, isPaletteOpen: false });
}

/** Shows a case in the conversation pane, or none. */
export function selectCase(caseId: CaseId | null): void {
  useSession.setState({ selectedCaseId: caseId });
}

/** Goes to the inbox and shows this case, from anywhere. */
export function openCase(caseId: CaseId): void {
  useSession.setState({ route: 'inbox', selectedCaseId: caseId, isPaletteOpen: false });
}

export function rememberCase(recent: RecentCase): void {
  useSession.setState((state) => ({
    recentCases: [recent, ...state.recentCases.filter((each) => each.caseId !== recent.caseId)].slice(0, MAX_RECENT),
  }));
}

export function checkCases(caseIds: Iterable<CaseId>): void {
  useSession.setState({ checkedCaseIds: new Set(caseIds) });
}

export function toggleChecked(caseId: CaseId): void {
  useSession.setState((state) => {
    const checkedCaseIds = new Set(state.checkedCaseIds);
    if (!checkedCaseIds.delete(caseId)) checkedCaseIds.add(caseId);
    return { checkedCaseIds };
  });
}

/** Asks for something else; nothing leads back to the list of the standing view, and what was checked in it is checked no more. */
export function setSearchText(searchText: string): void {
  useSession.setState((state) => ({
    ...(searchText.trim() === '' ? NO_QUESTION : {}),
    searchText,
    ...(searchText.trim() === state.searchText.trim() || state.checkedCaseIds.size === 0 ? {} : { checkedCaseIds: new Set<CaseId>() }),
  }));
}

/** Asks what a saved view asks; `searchText` in the words of the search. */
export function openQuestion(savedViewId: SavedViewId, searchText: string): void {
  useSession.setState({ route: 'inbox', savedViewId, searchText, listLook: null, checkedCaseIds: new Set(), isPaletteOpen: false });
}

export function setListLook(listLook: ListLook | null): void {
  useSession.setState({ listLook });
}

export function setPaletteOpen(isPaletteOpen: boolean): void {
  useSession.setState({ isPaletteOpen });
}

export function setHelpOpen(isHelpOpen: boolean): void {
  useSession.setState({ isHelpOpen });
}

export function rememberLayout(groupId: string, layout: Readonly<Record<string, number>>): void {
  useSession.setState((state) => ({ paneLayouts: { ...state.paneLayouts, [groupId]: layout } }));
}

export function setPaneCollapsed(paneId: string, isCollapsed: boolean): void {
  useSession.setState((state) => {
    const others = state.collapsedPanes.filter((each) => each !== paneId);
    return { collapsedPanes: isCollapsed ? [...others, paneId] : others };
  });
}

export function togglePane(paneId: string): void {
  setPaneCollapsed(paneId, !useSession.getState().collapsedPanes.includes(paneId));
}

export function setRibbonOpen(isRibbonOpen: boolean): void {
  useSession.setState({ isRibbonOpen });
}

/** Takes over what the engine knows about how this person wants to see things. */
export function followSettings(settings: Pick<Settings, 'theme' | 'locale' | 'density'>, zone: string | null): void {
  const { theme, locale, density } = settings;
  useSession.setState({ theme, locale, density, ...(zone === null ? {} : { zone }) });
}

export function setStorageFull(isStorageFull: boolean): void {
  useSession.setState({ isStorageFull });
}

export function setNotBegun(notBegun: readonly NotBegun[]): void {
  useSession.setState({ notBegun });
}

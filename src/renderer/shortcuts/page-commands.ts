import i18next from 'i18next';
import { openCoverage, openSettings } from '../state/session.ts';
import type { CoverageTab, SettingsPage } from '../state/session.ts';
import { langOf, textOf } from './texts.ts';

/** What pages and tabs are called, by the keys of their words. */
const PAGES: Readonly<Record<SettingsPage, string>> = {
  profile: 'settings:profile.tab',
  appearance: 'settings:appearance.tab',
  keys: 'keys:tab',
  mailboxes: 'settings:mailboxes.tab',
  channels: 'channels:tab',
  sending: 'settings:sending.tab',
  notifications: 'settings:notifications.tab',
  guard: 'guard:page.tab',
  assistant: 'assistant:page.tab',
  hours: 'rules:tabs.hours',
  policies: 'rules:tabs.policies',
  simulator: 'rules:tabs.simulator',
  hubs: 'team:tabs.hubs',
  people: 'team:tabs.people',
  requirements: 'team:tabs.requirements',
  routing: 'routing:tab',
  macros: 'macros:tab',
  intake: 'intake:settings.tab',
  knowledge: 'suggest:knowledge.tab',
  handoffs: 'handoffSettings:tabs.handoffs',
  acknowledgements: 'handoffSettings:tabs.acknowledgements',
  'team-hub': 'hub:tab',
  about: 'settings:about.tab',
};

const TABS: Readonly<Record<Exclude<CoverageTab, 'plan' | 'shifts'>, string>> = {
  requirements: 'team:tabs.requirements',
  year: 'staffing:tabs.year',
  demand: 'staffing:tabs.demand',
  fairness: 'staffing:tabs.fairness',
};

export interface PageCommand {
  readonly id: string;
  /** What it is called; in the language of the page if none is named. */
  readonly label: (lng?: string) => string;
  readonly run: () => void;
}

function entriesOf<Key extends string>(names: Readonly<Record<Key, string>>): readonly (readonly [Key, string])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are those of the record
  return Object.entries(names) as [Key, string][];
}

/** A command for each page of the settings and each tab of Coverage that has none of its own. */
export const PAGE_COMMANDS: readonly PageCommand[] = [
  ...entriesOf(PAGES).map(([page, name]): PageCommand => ({
    id: `go.settings.${page}`,
    label: (lng) => i18next.t('keys:command.settingsPage', { ...langOf(lng), page: textOf(name, lng) }),
    run: () => openSettings(page),
  })),
  ...entriesOf(TABS).map(([tab, name]): PageCommand => ({
    id: `go.coverage.${tab}`,
    label: (lng) => i18next.t('keys:command.coverageTab', { ...langOf(lng), tab: textOf(name, lng) }),
    run: () => openCoverage(tab),
  })),
];

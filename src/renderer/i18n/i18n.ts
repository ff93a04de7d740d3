import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from './formats.ts';
import { channelEn } from './channel-en.ts';
import { channelZh } from './channel-zh.ts';
import { channelsEn } from './channels-en.ts';
import { channelsZh } from './channels-zh.ts';
import { collisionEn } from './collision-en.ts';
import { collisionZh } from './collision-zh.ts';
import { conflictsEn } from './conflicts-en.ts';
import { conflictsZh } from './conflicts-zh.ts';
import { deskEn, deskZh } from './desk.ts';
import { errorsEn, errorsZh } from './errors.ts';
import { flatTexts } from './flat-texts.ts';
import { fateEn } from './fate-en.ts';
import { fateZh } from './fate-zh.ts';
import { frameEn, frameZh } from './frame.ts';
import { assistantEn } from './assistant-en.ts';
import { assistantZh } from './assistant-zh.ts';
import { guardEn } from './guard-en.ts';
import { guardZh } from './guard-zh.ts';
import { handoffEn } from './handoff-en.ts';
import { handoffZh } from './handoff-zh.ts';
import { handoffSettingsEn } from './handoff-settings-en.ts';
import { handoffSettingsZh } from './handoff-settings-zh.ts';
import { hubEn } from './hub-en.ts';
import { hubZh } from './hub-zh.ts';
import { inboxEn, inboxZh } from './inbox.ts';
import { metricsEn } from './metrics-en.ts';
import { metricsZh } from './metrics-zh.ts';
import { keysEn } from './keys-en.ts';
import { keysZh } from './keys-zh.ts';
import { lanesEn } from './lanes-en.ts';
import { lanesZh } from './lanes-zh.ts';
import { planEn } from './plan-en.ts';
import { planZh } from './plan-zh.ts';
import { promisesEn } from './promises-en.ts';
import { promisesZh } from './promises-zh.ts';
import { relatedEn } from './related-en.ts';
import { remindersEn } from './reminders-en.ts';
import { remindersZh } from './reminders-zh.ts';
import { relatedZh } from './related-zh.ts';
import { intakeEn } from './intake-en.ts';
import { intakeZh } from './intake-zh.ts';
import { macrosEn } from './macros-en.ts';
import { macrosZh } from './macros-zh.ts';
import { routingEn } from './routing-en.ts';
import { routingZh } from './routing-zh.ts';
import { searchEn } from './search-en.ts';
import { searchZh } from './search-zh.ts';
import { rulesEn } from './rules-en.ts';
import { rulesZh } from './rules-zh.ts';
import { sendLaterEn } from './send-later-en.ts';
import { sendLaterZh } from './send-later-zh.ts';
import { settingsEn, settingsZh } from './settings.ts';
import { shiftsEn } from './shifts-en.ts';
import { shiftsZh } from './shifts-zh.ts';
import { staffingEn } from './staffing-en.ts';
import { staffingZh } from './staffing-zh.ts';
import { suggestEn } from './suggest-en.ts';
import { suggestZh } from './suggest-zh.ts';
import { teamEn } from './team-en.ts';
import { teamZh } from './team-zh.ts';
import { viewsEn } from './views-en.ts';
import { viewsZh } from './views-zh.ts';

export const LOCALES: readonly { readonly value: Locale; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
];

export const resources = {
  en: {
    frame: frameEn,
    fate: fateEn,
    inbox: inboxEn,
    handoff: handoffEn,
    settings: settingsEn,
    rules: rulesEn,
    lanes: lanesEn,
    plan: planEn,
    shifts: shiftsEn,
    staffing: staffingEn,
    team: teamEn,
    promises: promisesEn,
    reminders: remindersEn,
    metrics: metricsEn,
    handoffSettings: handoffSettingsEn,
    hub: hubEn,
    collision: collisionEn,
    conflicts: conflictsEn,
    channel: channelEn,
    channels: channelsEn,
    guard: guardEn,
    assistant: assistantEn,
    related: relatedEn,
    search: searchEn,
    sendLater: sendLaterEn,
    views: viewsEn,
    macros: macrosEn,
    intake: intakeEn,
    suggest: suggestEn,
    keys: keysEn,
    routing: routingEn,
    desk: deskEn,
    errors: errorsEn,
  },
  'zh-CN': {
    frame: frameZh,
    fate: fateZh,
    inbox: inboxZh,
    handoff: handoffZh,
    settings: settingsZh,
    rules: rulesZh,
    lanes: lanesZh,
    plan: planZh,
    shifts: shiftsZh,
    staffing: staffingZh,
    team: teamZh,
    promises: promisesZh,
    reminders: remindersZh,
    metrics: metricsZh,
    handoffSettings: handoffSettingsZh,
    hub: hubZh,
    collision: collisionZh,
    conflicts: conflictsZh,
    channel: channelZh,
    channels: channelsZh,
    guard: guardZh,
    assistant: assistantZh,
    related: relatedZh,
    search: searchZh,
    sendLater: sendLaterZh,
    views: viewsZh,
    macros: macrosZh,
    intake: intakeZh,
    suggest: suggestZh,
    keys: keysZh,
    routing: routingZh,
    desk: deskZh,
    errors: errorsZh,
  },
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: (typeof resources)['en'];
  }
}

/** Sets up all languages before the first render; nothing is loaded later. */
export async function startI18n(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    defaultNS: 'frame',
    ns: [
      'frame',
      'inbox',
      'handoff',
      'settings',
      'rules',
      'lanes',
      'plan',
      'shifts',
      'staffing',
      'team',
      'promises',
      'metrics',
      'handoffSettings',
      'hub',
      'collision',
      'conflicts',
      'channel',
      'channels',
      'guard',
      'assistant',
      'related',
      'macros',
      'intake',
      'suggest',
      'routing',
      'desk',
      'errors',
      'views',
    ],
    resources: mapValues(resources, (namespaces) => mapValues(namespaces, (texts) => flatTexts(texts))),
    keySeparator: false,
    ignoreJSONStructure: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  applyLanguage(locale);
}

function mapValues<Value, Mapped>(values: Readonly<Record<string, Value>>, map: (value: Value) => Mapped): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}

/** Switches the language of everything on screen at once. */
export async function changeLanguage(locale: Locale): Promise<void> {
  if (i18next.language !== locale) await i18next.changeLanguage(locale);
  applyLanguage(locale);
}

function applyLanguage(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = i18next.dir(locale);
}

/** The language to begin with when nothing was chosen yet: the machine's, if we speak it. */
export function machineLocale(languages: readonly string[]): Locale {
  return languages.some((tag) => /^zh\b/iu.test(tag)) && !languages[0]?.startsWith('en') ? 'zh-CN' : 'en';
}

import type { TFunction } from 'i18next';
import { inboxEn } from '../../../i18n/inbox.ts';

type KnownWarning = keyof typeof inboxEn.warning;

function isKnown(code: string): code is KnownWarning {
  return Object.hasOwn(inboxEn.warning, code);
}

/** What is unusual about a message, in words; a code from a newer engine is named as it is. */
export function warningText(t: TFunction<'inbox'>, code: string): string {
  return isKnown(code) ? t(`warning.${code}`, { code }) : t('warning.other', { code });
}

/** What happens to honest mail every day; told in the details only. */
const QUIET: ReadonlySet<string> = new Set([
  'charset-guessed',
  'boundary-missing',
  'boundary-unclosed',
  'encoding-unknown',
  'date-malformed',
]);

/** True for what an agent should know before trusting or answering a message. */
export function isLoud(code: string): boolean {
  return !QUIET.has(code);
}

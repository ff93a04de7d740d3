import type { TFunction } from 'i18next';
import { inboxEn } from '../../../i18n/inbox.ts';

type KnownCode = keyof typeof inboxEn.composer.error;

function isKnown(code: string): code is KnownCode {
  return Object.hasOwn(inboxEn.composer.error, code);
}

/** Why a message could not be sent, with the comfort that its words are still there. */
export function composerError(t: TFunction<'inbox'>, code: string): string {
  return isKnown(code) ? t(`composer.error.${code}`, { code }) : t('composer.error.other', { code });
}

import type { TFunction } from 'i18next';
import { channelsEn } from './channels-en.ts';
import { knownErrorText } from './error-text.ts';

type Known = keyof typeof channelsEn.problem;

/** Why a channel does not work, in words; what mail knows, too, is said as mail says it, and anything else by its code. */
export function channelProblemText(t: TFunction<'channels'>, tErrors: TFunction<'errors'>, code: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has the key
  if (Object.hasOwn(channelsEn.problem, code)) return t(`problem.${code as Known}`, { code });
  return knownErrorText(tErrors, code) ?? t('problem.other', { code });
}

type Refusal = keyof typeof channelsEn.refusal;

/** Why a reply was not taken, in words; null for what has none, and for a reply that nothing speaks against. */
export function refusalText(t: TFunction<'channels'>, tErrors: TFunction<'errors'>, code: string | null): string | null {
  if (code === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has the key
  if (Object.hasOwn(channelsEn.refusal, code)) return t(`refusal.${code as Refusal}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has the key
  return knownErrorText(tErrors, code) ?? (Object.hasOwn(channelsEn.problem, code) ? t(`problem.${code as Known}`, { code }) : null);
}

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

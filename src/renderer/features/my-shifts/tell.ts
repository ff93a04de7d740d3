import i18next from 'i18next';
import { errorText } from '../../i18n/error-text.ts';
import { shiftsEn } from '../../i18n/shifts-en.ts';
import { showToast } from '../../ui/toast.tsx';

/** The plain words for why something about shifts was refused. */
export function refusedWords(code: string): string {
  const own: Readonly<Record<string, string>> = shiftsEn.error;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key was looked up in the typed resources
  if (Object.hasOwn(own, code)) return i18next.t(`shifts:error.${code}` as 'shifts:error.not-mine');
  return errorText(i18next.getFixedT(null, 'errors'), code);
}

/** Says in the corner why something did not work. */
export function tellRefused(code: string): void {
  showToast({ title: i18next.t('shifts:failed'), description: refusedWords(code), tone: 'problem' });
}

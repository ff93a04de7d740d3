import type { TFunction } from 'i18next';
import { errorsEn } from './errors.ts';

type Group = keyof typeof errorsEn;
const GROUPS: readonly Group[] = ['email', 'accounts', 'vault', 'common'];

/**
 * The plain words for a closed code, wherever it comes from (a call, a connector, the outbox). A code that this page
 * does not know comes from a newer engine; the general words are shown, and the caller shows the detail beside them.
 */
export function errorText(t: TFunction<'errors'>, code: string | null): string {
  for (const group of GROUPS) {
    const texts: Readonly<Record<string, string>> = errorsEn[group];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key was looked up in the typed resources above
    if (code !== null && Object.hasOwn(texts, code)) return t(`${group}.${code}` as 'common.internal');
  }
  return t('common.internal');
}

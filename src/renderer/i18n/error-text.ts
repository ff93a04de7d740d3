import type { TFunction } from 'i18next';
import { errorsEn } from './errors.ts';

type Group = keyof typeof errorsEn;
const GROUPS: readonly Group[] = ['email', 'outbox', 'accounts', 'vault', 'plan', 'handoff', 'common'];

/**
 * The plain words for a closed code, wherever it comes from (a call, a connector, the outbox). A code that this page
 * does not know comes from a newer engine; the general words are shown, and the caller shows the detail beside them.
 */
export function errorText(t: TFunction<'errors'>, code: string | null): string {
  return knownErrorText(t, code) ?? t('common.internal');
}

/** The plain words for a code that this page knows, else null. */
export function knownErrorText(t: TFunction<'errors'>, code: string | null): string | null {
  for (const group of GROUPS) {
    const texts: Readonly<Record<string, string>> = errorsEn[group];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key was looked up in the typed resources above
    if (code !== null && Object.hasOwn(texts, code)) return t(`${group}.${code}` as 'common.internal');
  }
  return null;
}

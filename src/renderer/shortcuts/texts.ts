import i18next from 'i18next';

/** Words by a key that is data: what commands and pages are called. A test looks all of them up in every language. */
export function textOf(key: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of i18next know only keys that are written out
  return (i18next as { t(key: string): string }).t(key);
}

import i18next from 'i18next';

/**
 * Words by a key that is data: what commands and pages are called. A test looks all of them up in every language.
 * @param lng the language; without it that of the page
 */
export function textOf(key: string, lng?: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of i18next know only keys that are written out
  return (i18next as { t(key: string, options: object): string }).t(key, langOf(lng));
}

/** For i18next: the language of a text, if one is named. */
export function langOf(lng: string | undefined): { readonly lng?: string } {
  return lng === undefined ? {} : { lng };
}

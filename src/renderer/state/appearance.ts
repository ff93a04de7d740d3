import type { Session } from './session.ts';

/** Puts theme and density on the document, where the tokens look for them. */
export function showAppearance({ theme, density }: Pick<Session, 'theme' | 'density'>): void {
  const { dataset } = document.documentElement;
  if (dataset['theme'] !== theme) dataset['theme'] = theme;
  if (dataset['density'] !== density) dataset['density'] = density;
}

/** Tells whoever waits for it (tests, measurements) that the first content is on screen. */
export function markReady(): void {
  document.documentElement.dataset['ready'] = 'true';
}

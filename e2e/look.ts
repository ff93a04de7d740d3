import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import type { RunningApp } from './electron-app.ts';

type Theme = 'light' | 'dark';

const HAS_PICTURES = process.env['MERIDIAN_PICTURES'] === '1';

/** Keeps a picture among the results of the test for whoever asks for them (`MERIDIAN_PICTURES=1`): it proves nothing, and takes its time. */
export async function picture(page: Page, name: string): Promise<void> {
  if (HAS_PICTURES) await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

/** Puts the computer's theme on, and waits until the page has it. */
export async function showTheme({ app, page }: Pick<RunningApp, 'app' | 'page'>, theme: Theme): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
  await expect
    .poll(async () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), { intervals: [20] })
    .toBe(theme === 'dark');
}

/**
 * What is on the screen keeps nobody out, in both themes: the first is looked at in every way, the second for what goes by its colours. A
 * picture is kept of each.
 * @param again brings back what a change of the theme may have taken from the screen, such as what is there while the mouse rests
 */
export async function lookInBothThemes(
  running: Pick<RunningApp, 'app' | 'page'>,
  name: string,
  again?: () => Promise<void>,
): Promise<void> {
  for (const [theme, what] of [
    ['dark', 'everything'],
    ['light', 'colours'],
  ] as const) {
    await showTheme(running, theme);
    await again?.();
    await picture(running.page, `${name}-${theme}`);
    expect.soft(await accessibilityProblems(running.page, what), `${name}, ${theme}`).toEqual([]);
  }
}
